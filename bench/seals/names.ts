import type { Random } from '../../samples/generate/random.ts'

/** Made-up places and stems; nothing here names a living unit. */
const PROVINCES = ['西川省', '南岭省', '云州省', '东泽省']
const CITIES = ['湘洲市', '瓯澜市', '泽安市', '临榆市', '青屿市', '昭岭市', '沪塘市', '江浦市', '北京市']
const DISTRICTS = ['栖山区', '槐安区', '云岭县', '龙泽县', '安塘区', '桥西区']
const STEMS = ['澄湖', '澄源', '云溪', '和康', '仁济堂', '同泽', '清远桥', '明德', '安和', '博文', '瑞宁', '广泉']
const SCHOOLS = ['湘洲医学院', '西川大学', '南岭医科大学', '泽安医科大学', '东泽大学', '首都医科大学']
const ORDINALS = ['第一', '第二', '第三', '第四', '第五', '第六']
const KINDS = [
  '人民医院',
  '中心医院',
  '中医医院',
  '妇幼保健院',
  '口腔医院',
  '肿瘤医院',
  '儿童医院',
  '疾病预防控制中心',
  '精神卫生中心',
  '康复医院',
  '血液中心',
]
const SOCIETIES = ['医学会', '护理学会', '药学会', '预防医学会', '医师协会', '医院协会']

/** A unit's name of 4 to 22 characters. */
export function drawName(random: Random): string {
  const { pick } = random
  const place = pick([
    () => '北京',
    () => pick(PROVINCES),
    () => pick(CITIES),
    () => pick(DISTRICTS),
    () => pick(CITIES) + pick(DISTRICTS),
    () => pick(PROVINCES) + pick(CITIES),
  ])
  return pick([
    () => `${pick(STEMS)}医院`,
    () => `北京${pick(STEMS)}医院`,
    () => place() + pick(KINDS),
    () => `${pick([...CITIES, ...PROVINCES])}${pick(ORDINALS)}人民医院`,
    () => `${pick(SCHOOLS)}附属${pick(STEMS)}医院`,
    () => pick(SCHOOLS) + pick(ORDINALS) + pick(['附属医院', '临床医学院']),
    () => `${pick(SCHOOLS)}附属${pick(CITIES)}${pick(KINDS)}`,
    () => pick([...CITIES, ...PROVINCES]) + pick(SOCIETIES),
    () => pick(CITIES) + pick(DISTRICTS) + pick(['社区卫生服务中心', '妇幼保健计划生育服务中心', '疾病预防控制中心']),
    () => pick(PROVINCES) + pick(STEMS) + pick(['医学高等专科学校', '卫生职业学院', '护理职业技术学院']),
  ])()
}

export type Claim = {
  name: string
  kind:
    | 'right'
    | 'another unit'
    | 'another unit of the place'
    | 'another number'
    | 'another kind'
    | 'one character'
    | 'another level of place'
    | 'a part of the name'
    | 'a branch'
    | 'the unit of a department'
}

/** Rooms that have seals of their own behind a unit's name. */
export const DEPARTMENTS = ['科教科', '医务处', '教务处', '护理部', '心内科', '检验科', '继续教育办公室']

/** Characters of a name that tell units apart, and what may stand there instead. */
const LIKE = '青云南安东龙山泉华宁源清江海平康'
const ORDINARY = /[省市区县第一二三四五六医院大学附属中心会人民]/

/** A seal is read once and compared with many names. */
const TRIED = { units: 7, near: 3, characters: 6 }

/** Names of other units that a form might give beside the seal of `name`: of any unit, and of near ones. */
export function wrongClaims(name: string, random: Random): Claim[] {
  const claims: Claim[] = []
  const add = (kind: Claim['kind'], claim: string | undefined) => {
    if (claim && claim !== name && !claims.some((known) => known.name === claim)) claims.push({ name: claim, kind })
  }
  for (let i = 0; i < TRIED.units; i++) add('another unit', drawName(random))
  const place = [...CITIES, ...DISTRICTS, ...PROVINCES].find((known) => name.startsWith(known))
  const school = SCHOOLS.find((known) => name.startsWith(known))
  for (let i = 0; i < TRIED.near; i++) {
    if (place) add('another unit of the place', place + random.pick(KINDS))
    if (school) add('another unit of the place', `${school}附属${random.pick(STEMS)}医院`)
  }
  const other = (digit: string) => random.pick([...'一二三四五六'].filter((d) => d !== digit))
  if (/第[一二三四五六]/.test(name)) add('another number', name.replace(/(?<=第)[一二三四五六]/, other))
  else if (name.endsWith('人民医院')) add('another number', name.replace('人民医院', `第${other('')}人民医院`))
  for (const [from, to] of [
    ['人民医院', '中医医院'],
    ['中医医院', '人民医院'],
    ['中心医院', '人民医院'],
    ['妇幼保健院', '儿童医院'],
    ['医学会', '医师协会'],
    ['护理学会', '药学会'],
    ['附属医院', '临床医学院'],
  ] as const)
    if (name.includes(from)) add('another kind', name.replace(from, to))
  const telling = [...name].flatMap((character, at) => (ORDINARY.test(character) ? [] : [at]))
  for (let i = 0; i < TRIED.characters && telling.length > 0; i++) {
    const at = random.pick(telling)
    const like = random.pick([...LIKE].filter((character) => character !== name[at]))
    add('one character', name.slice(0, at) + like + name.slice(at + 1))
  }
  add(
    'another level of place',
    name.replace(/[省市区县]/, (unit) => (unit === '市' ? '省' : unit === '省' ? '市' : unit === '区' ? '县' : '区')),
  )
  add('a part of the name', /^.{3,}?(?:大学|医学院)(?=.{2})/.exec(name)?.[0] ?? /^.{4,}?医院(?=.{2})/.exec(name)?.[0])
  add('a branch', `${name}东区分院`)
  return claims
}
