import type { Case, Full } from './case.ts'
import type { Random } from './random.ts'

const SURNAMES = [...'赵钱孙李吴郑冯卫蒋韩杨朱尤许吕施张孔曹严华金魏陶姜戚谢邹柏窦章潘葛范彭鲁韦马苗凤花方俞任袁柳']
/** The last ones are outside many recognisers' dictionaries, as some living people's are. */
const GIVEN = [
  ...'安柏辰承初楚淳岱棣帆芳枫刚谷冠海涵翰弘华嘉简健剑江洁晶景静君俊凯康可兰岚磊黎力莉良林玲凌露曼茂梅敏明铭楠宁培平琦启青晴琼秋然仁荣蓉瑞睿珊尚舒朔思松涛婷彤巍伟文雯希曦霞贤翔晓欣新鑫星雪岩妍燕阳瑶烨怡艺逸英颖勇宇雨玉媛月云芸哲真臻振志致智忠珠卓子',
  ...'翀珮赟璟旻喆',
]
const PLACES = ['澄湖', '云岭', '槐安', '京北', '沪塘', '瓯澜', '湘洲', '栖山', '龙泽']
const FIRST = [...'清明远长安宁永和兴泰康广文东西南北青白金石海江河松柏梅兰竹云']
const SECOND = [...'川原山河湖泉溪林桥门台岭坪塘口湾城关庄浦洲岗屏峰谷']

/**
 * The same form of other people and other units: every name, place and phone number is exchanged for another of the same
 * length, everywhere alike, so that what the rules must say stays as it was.
 */
export function reskin(source: Case, random: Random): Case {
  const exchange = new Map<string, string>()
  const taken = new Set<string>()
  const unused = (make: () => string): string => {
    for (;;) {
      const next = make()
      if (!taken.has(next) && taken.add(next)) return next
    }
  }
  for (const name of namesOf(source.full)) {
    const given = Math.max(1, [...name].length - 1)
    const draw = () => random.pick(SURNAMES) + Array.from({ length: given }, () => random.pick(GIVEN)).join('')
    exchange.set(name, unused(draw))
  }
  for (const place of PLACES)
    exchange.set(
      place,
      unused(() => random.pick(FIRST) + random.pick(SECOND)),
    )
  for (const phone of [source.full.leader.phone, source.full.unit.phone])
    if (phone && /\d{8}$/.test(phone))
      exchange.set(phone, phone.slice(0, -6) + String(Math.floor(random.between(0, 1e6))).padStart(6, '0'))
  const pattern = new RegExp([...exchange.keys()].sort((a, b) => b.length - a.length).join('|'), 'g')
  const changed = JSON.stringify(source).replace(pattern, (found) => exchange.get(found) ?? found)
  return JSON.parse(changed) as Case
}

const namesOf = (full: Full): string[] => [
  ...new Set(
    [
      full.leader.name,
      full.unit.contact,
      full.peerReview.reviewer,
      ...full.teachers.map((teacher) => teacher.name),
    ].flatMap((name) => (name && /^\p{Script=Han}{2,4}$/u.test(name) ? [name] : [])),
  ),
]
