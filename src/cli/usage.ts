import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

export const USAGE = `用法：
  xingshen review FILE… [选项]     审查申报书，打印全部问题
  xingshen serve [选项]            启动 HTTP 服务
  xingshen packs                   列出规则包
  xingshen packs show ID           显示一个规则包的规则、参数和条款对照
  xingshen eval DIR [选项]         用带标准答案的样本评测；--json，--verbose，--only 样本名或类型
  xingshen eval --llm [DIR]        用已知答案的用例评测所配置的语言模型
  xingshen keys create --role ROLE --name NAME   建立访问密钥，只显示一次；ROLE：applicant、reviewer、admin
  xingshen keys list               列出访问密钥（--json，--tenant NAME）
  xingshen keys revoke ID          停用访问密钥，立即生效
  xingshen audit verify            核对审计记录是否被改动或删除；--head 用先前打印的链尾核对
  xingshen data export DIR         把全部数据导出到空目录（须先停止服务）
  xingshen data import DIR         导入到空的存储（另一目录，或 DATABASE_URL 所指的 PostgreSQL）
  xingshen llm probe               语言模型自测；未达到要求的只显示它指出的疑问

FILE 为 PDF、DOCX、DOC、PNG、JPEG、TIFF、BMP、WebP，或 .json（申报数据）；- 表示标准输入。
每个 FILE 是一份申报书；几份一起审查时相互比对（同一负责人的项目数、重复的项目、教师同时授课）。
单位的汇总表（XLSX、XLS、DOCX）自动识别，并与一同写出的申报书逐项核对。

review 的选项：
  --pack ID                  规则包；不写则由申报书自身的文字判断；写两个则比较同一份申报书在两者下的结论
  --declaration FILE.json    网上填报的数据，与纸质申报书核对
  --context FILE.json        申报书以外的已知情况（单位别名、限额等）
  --as-of DATE               按这一天的规则和期限审查（YYYY-MM-DD）
  --format FORMAT            text（默认）、json、sarif、html；json 每份一行
  --ocr ENGINE               扫描件的识别引擎：ppocr、tesseract、vision（XINGSHEN_OCR_*）；默认 auto
  --no-llm                   不使用语言模型（须由模型判断的各项列为未检查）

serve 的选项：
  --port 8787   --host 127.0.0.1   --data DIR（默认 ./.data，或环境变量 XINGSHEN_DATA）
  --role ROLE                all（默认）、api（只提供接口）、worker（只处理任务，写了 --port 则只提供 /readyz 和 /metrics）；
                             后两种须设置 DATABASE_URL

keys create 的选项：
  --expires DATE（有效至该日）   --tenant NAME（不同租户互不可见；默认 default）
  --sql（不写入，只打印 SQL 语句，用于 Cloudflare D1：wrangler d1 execute DB --command）
keys 和 audit 也接受 --data DIR；服务运行时也可使用。

eval 的选项：
  --json   --verbose   --only WORD（可重复）

语言模型由环境变量配置：XINGSHEN_LLM_BASE_URL、XINGSHEN_LLM_MODEL、XINGSHEN_LLM_API_KEY（任何 OpenAI 兼容接口）。

环境变量 XINGSHEN_RATE_LIMIT：每个密钥每分钟的请求数（默认 6000，0 不限）。
环境变量 XINGSHEN_RETENTION_DAYS：完成的审查保留的天数（默认一直保留；0 为取走结果后即删除，最多一天）。
环境变量 XINGSHEN_RULES 可指向另一个规则目录，其中的规则包与自带的一并载入。

review 的退出码：0 通过；1 退回；2 需人工核对；3 未能审查（原因在标准错误输出）。
多份时取最严重的：3、1、2、0。命令行有误为 64，程序或规则文件有误为 70；其他命令出错为 1。
`

/** The command line cannot be understood; `message` says what is wrong with it. */
export class UsageError extends Error {}

/** `parseArgs` with errors in plain words. Throws `UsageError`. */
export function parseArguments<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? ''
    const unknown = 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    throw new UsageError(unknown ? `没有选项 ${option}。` : `选项 ${option} 的写法有误（需要一个值，或不能带值）。`)
  }
}

/** One of a closed list of words, else `UsageError`. */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found !== undefined) return found
  throw new UsageError(`${option} 只能是 ${allowed.join('、')}，不能是“${value}”。`)
}
