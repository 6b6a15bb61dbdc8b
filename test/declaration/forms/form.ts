import type { Declaration } from '../../../src/declaration/schema.ts'
import type { Spec } from '../build.ts'

/** A form and what it says. */
export type Form = { name: string; specs: Spec[]; expected: Declaration }

export const ACHIEVEMENTS =
  '林知远，主任药师，从事临床药学工作二十二年，牵头建立围手术期抗菌药物前置审方规则一百二十余条。教学方面，承担本科生授课每年三十六学时，培养硕士研究生九名。科研方面，主持省部级课题二项，发表论文二十六篇。'
export const OVERVIEW =
  '本院是三级甲等综合医院，设有继续教育管理委员会，制定有管理办法与学分登记细则，对立项项目每项给予五千元配套经费。建有八百座报告厅一个、多功能教室四间。'
export const PEER =
  '该项目聚焦围手术期抗菌药物合理使用这一薄弱环节，选题来自真实问题，针对性强。课程层次清楚，学时分配合理，教学形式采用讲授与病例讨论相结合，同意推荐。'
