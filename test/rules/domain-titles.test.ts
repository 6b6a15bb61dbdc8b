import { describe, expect, test } from 'vitest'
import titles from '../../rules/lists/titles.json' with { type: 'json' }
import { isNursingTitle, type Rank, rankAtLeast, ranksOfLevelWord, readTitle } from '../../src/rules/domain/title.ts'

const RANKS = ['senior', 'deputy', 'intermediate', 'junior'] as const

describe('readTitle', () => {
  test.each(RANKS.flatMap((rank) => titles[rank].map((title) => [title, rank] as const)))('%s is %s', (title, rank) => {
    expect(readTitle(title)).toEqual({ rank, titles: [title], problem: null })
  })

  test.each<[string, Rank, string[]]>([
    ['副主任医师', 'deputy', ['副主任医师']],
    ['助理研究员', 'intermediate', ['助理研究员']],
    ['儿科主任医师', 'senior', ['主任医师']],
    ['科主任主任医师', 'senior', ['主任医师']],
    ['主任医师、教授', 'senior', ['主任医师', '教授']],
    ['副教授/主任医师', 'senior', ['副教授', '主任医师']],
    ['主治医师，副教授', 'deputy', ['主治医师', '副教授']],
    ['正高级 教授', 'senior', ['教授']],
    ['副高(副主任护师)', 'deputy', ['副主任护师']],
    ['主 任 药 师', 'senior', ['主任药师']],
    ['主任医师（公共卫生）', 'senior', ['主任医师']],
    ['副主任检验技师', 'deputy', ['副主任技师']],
    ['主任医师 博士生导师', 'senior', ['主任医师']],
    ['特聘教授、副主任医师', 'deputy', ['副主任医师']],
    ['教授级高级工程师', 'senior', ['教授级高级工程师']],
    ['主冶医帅', 'intermediate', ['主治医师']],
  ])('%s is %s', (raw, rank, found) => {
    expect(readTitle(raw)).toEqual({ rank, titles: found, problem: null })
  })

  test.each([
    ['正高级', 'level-word'],
    ['高级', 'level-word'],
    ['中级职称', 'level-word'],
    ['主任', 'post'],
    ['科主任', 'post'],
    ['护士长', 'post'],
    ['教研室主任', 'post'],
    ['医学博士', 'degree'],
    ['博士后研究员', 'degree'],
    ['客座教授', 'honour'],
    ['特聘教授', 'honour'],
    ['院士', 'honour'],
    ['执业药师', 'qualification'],
    ['住院总医师', 'qualification'],
    ['无', 'unlisted'],
    ['', 'unlisted'],
  ])('%s is no title: %s', (raw, problem) => {
    expect(readTitle(raw)).toEqual({ rank: null, titles: [], problem })
  })
})

test('ranks are ordered, the bound included', () => {
  expect(RANKS.map((rank) => rankAtLeast(rank, 'deputy'))).toEqual([true, true, false, false])
  expect(RANKS.map((rank) => rankAtLeast(rank, 'intermediate'))).toEqual([true, true, true, false])
})

test('高级 leaves open what 正高级 and 副高级 tell', () => {
  expect(['正高级', '副高', '高级职称', '中级', '初级', '主任'].map(ranksOfLevelWord)).toEqual([
    ['senior'],
    ['deputy'],
    ['senior', 'deputy'],
    ['intermediate'],
    ['junior'],
    [],
  ])
})

test('nurses are told by their series', () => {
  expect(['主管护师', '副主任护师', '护士', '护士长', '主管药师'].map(isNursingTitle)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
