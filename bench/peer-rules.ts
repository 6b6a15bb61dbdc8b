import type { NestedCondition } from 'json-rules-engine'

/** One requirement in three notations: what must hold for us (`test`), and when it is certainly broken for the peers. */
export type PeerRule = {
  name: string
  /** Paths without which our rule is undecided; the first may be the one that must not be blank. */
  needs: string[]
  blank?: 'fail'
  test: string
  zen: string
  broken: NestedCondition
}

const at = (path: string, operator: string, value: unknown): NestedCondition => {
  const [fact = '', ...rest] = path.split('.')
  return { fact, path: `$.${rest.join('.')}`, operator, value }
}

function bound(name: string, path: string, most: number): PeerRule {
  return {
    name,
    needs: [path],
    test: `${path} <= ${most}`,
    zen: `${path} != null and ${path} > ${most}`,
    broken: at(path, 'greaterThan', most),
  }
}

function member(name: string, path: string, values: string[]): PeerRule {
  const list = JSON.stringify(values)
  return {
    name,
    needs: [path],
    test: `${path} in ${list}`,
    zen: `${path} != null and ${path} not in ${list}`,
    broken: { all: [at(path, 'notEqual', null), at(path, 'notIn', values)] },
  }
}

function stated(name: string, path: string): PeerRule {
  return {
    name,
    needs: [path],
    blank: 'fail',
    test: `${path} != ""`,
    zen: `${path} == null or ${path} == ""`,
    broken: at(path, 'in', [null, '']),
  }
}

/** Bounds, membership, presence, dates, sums and rows: what all three engines can say. `partsDiffer` and `untitled` are facts computed for json-rules-engine. */
export const PEER_RULES: PeerRule[] = [
  bound('enrollment-most', 'project.enrollment', 200),
  bound('credits-most', 'project.credits', 10),
  bound('fee-most', 'project.fee', 1500),
  bound('hours-most', 'project.hours', 18),
  {
    name: 'hours-least',
    needs: ['project.hours'],
    test: 'project.hours >= 3',
    zen: 'project.hours != null and project.hours < 3',
    broken: at('project.hours', 'lessThan', 3),
  },
  {
    name: 'sessions-most',
    needs: ['project.sessions'],
    test: 'size(project.sessions) <= 6',
    zen: 'len(project.sessions) > 6',
    broken: at('project.sessions.length', 'greaterThan', 6),
  },
  member('delivery-member', 'project.delivery', ['in-person', 'hybrid']),
  member('kind-member', 'project.kind', ['new']),
  member('unit-kind-member', 'unit.kind', ['medical', 'teaching', 'research', 'society']),
  stated('name-stated', 'project.name'),
  stated('unit-stated', 'unit.name'),
  stated('title-stated', 'leader.title'),
  {
    name: 'leader-in-post',
    needs: ['leader.employed'],
    test: 'leader.employed',
    zen: 'leader.employed == false',
    broken: at('leader.employed', 'equal', false),
  },
  {
    name: 'date-within',
    needs: ['cover.date'],
    test: 'cover.date >= "2024-11-01" && cover.date <= "2024-12-20"',
    zen: 'date(cover.date) < date("2024-11-01") or date(cover.date) > date("2024-12-20")',
    broken: { any: [at('cover.date', 'textBefore', '2024-11-01'), at('cover.date', 'textAfter', '2024-12-20')] },
  },
  {
    name: 'parts-sum',
    needs: ['project.hours', 'project.theoryHours', 'project.practiceHours'],
    test: 'project.theoryHours + project.practiceHours == project.hours',
    zen: 'project.hours != null and project.theoryHours + project.practiceHours != project.hours',
    broken: { fact: 'partsDiffer', operator: 'equal', value: true },
  },
  {
    name: 'teachers-titled',
    needs: ['teachers'],
    test: 'teachers.all(row, present(row.title))',
    zen: 'some(teachers, #.title == null)',
    broken: { fact: 'untitled', operator: 'greaterThan', value: 0 },
  },
]
