import type { CelFunction } from '../engine/function.ts'
import { notDeclaredTwice } from './checks/declared-twice.ts'
import { requiredFields } from './checks/fields.ts'
import { historyComplete, ledRecently } from './checks/history.ts'
import { addressesNoReviewer } from './checks/injection.ts'
import { ageAtMost, idNumberHolds, leaderInPost, titleAtLeast } from './checks/leader.ts'
import { heldApart, leaderHeldProjects } from './checks/other-projects.ts'
import {
  commitmentHolds,
  isCommitmentSought,
  isMarkSought,
  isOnPaper,
  looksPrinted,
  marksPresent,
} from './checks/paper.ts'
import { reviewerIsOutsideExpert } from './checks/peer-review.ts'
import { leaderWithinQuota, unitWithinQuota } from './checks/quota.ts'
import { hasNoIntegrityRecord, notApprovedBefore, unitInGoodStanding, unitIsFirstApplicant } from './checks/registry.ts'
import {
  isSealDoubtful,
  leaderWorksAtUnit,
  sealNamesUnit,
  unitIs,
  unitMayApply,
  unitNameComplete,
} from './checks/unit.ts'
import { appliesInTime } from './checks/window.ts'
import {
  achievementsAtLeast,
  disciplineIsListed,
  hasLabel,
  nameClaimsNoStanding,
  nameHasNoRestrictedTerm,
  nameIsNoEvent,
  notPadded,
  promotesNothing,
  textAtLeast,
} from './checks/wording.ts'

/** The functions of the field that checks call: of form, unit, leader, name, peer review, seals and registry. */
export const domainFunctions: CelFunction[] = [
  {
    signature: 'requiredFields(Form, list<string>, list<string>, list<string>, list<string>): Outcome',
    about: 'Nothing the form must have is blank: required, only where asked, minor, and by hand on paper.',
    call: requiredFields,
  },
  { signature: 'hasLabel(Form, string): bool', about: 'The form has the label, filled in or not.', call: hasLabel },
  {
    signature: 'isMarkSought(Form, list<string>): bool',
    about: 'Somebody looked for one of these seals or signatures.',
    call: isMarkSought,
  },
  {
    signature: 'marksPresent(Form, list<string>): Outcome',
    about: 'Every seal or signature looked for is there.',
    call: marksPresent,
  },
  { signature: 'isOnPaper(Form): bool', about: 'The signed paper was seen.', call: isOnPaper },
  { signature: 'looksPrinted(Form): Outcome', about: 'The values were read as surely as print.', call: looksPrinted },
  {
    signature: 'isCommitmentSought(Form): bool',
    about: 'Paper or a record tells of the commitment.',
    call: isCommitmentSought,
  },
  {
    signature: 'commitmentHolds(Form): Outcome',
    about: 'The commitment is there, signed, and names this project.',
    call: commitmentHolds,
  },
  {
    signature: 'unitNameComplete(Form): Outcome',
    about: 'The full standard name of the applying unit, the same everywhere.',
    call: unitNameComplete,
  },
  {
    signature: 'isSealDoubtful(Form): bool',
    about: 'A seal may have been overlooked, as in a scan without colour.',
    call: isSealDoubtful,
  },
  {
    signature: 'sealNamesUnit(Form): Outcome',
    about: 'The words on a seal agree with the applying unit.',
    call: sealNamesUnit,
  },
  {
    signature: 'unitMayApply(Form, list<string>, string): Outcome',
    about: 'The unit is of one of the kinds; what to say of a company.',
    call: unitMayApply,
  },
  { signature: 'unitIs(Form, string): bool', about: 'The applying unit is of this kind.', call: unitIs },
  {
    signature: 'leaderWorksAtUnit(Form): Outcome',
    about: 'The leader works at the applying unit.',
    call: leaderWorksAtUnit,
  },
  {
    signature: 'titleAtLeast(Form, string, string): Outcome',
    about: 'The title at the path is of this rank or higher.',
    call: titleAtLeast,
  },
  {
    signature: 'leaderInPost(Form): Outcome',
    about: 'The leader is in post, and nothing on the form speaks against it.',
    call: leaderInPost,
  },
  {
    signature: 'ageAtMost(Form, Number, string): Outcome',
    about: 'The leader is not older, on the application date or else on the day given.',
    call: ageAtMost,
  },
  {
    signature: 'idNumberHolds(Form): Outcome',
    about: 'The ID number is well formed and agrees with birth, age and sex.',
    call: idNumberHolds,
  },
  {
    signature: 'historyComplete(Form): Outcome',
    about: 'The history of the last three years is filled in without gaps.',
    call: historyComplete,
  },
  {
    signature: 'ledRecently(Form, Number): Outcome',
    about: 'The leader led a project that was held in the last three years.',
    call: ledRecently,
  },
  {
    signature: 'textAtLeast(Form, string, Number): Outcome',
    about: 'The text at the path has at least so many characters.',
    call: textAtLeast,
  },
  {
    signature: 'achievementsAtLeast(Form, Number): Outcome',
    about: "The leader's achievements have at least so many characters.",
    call: achievementsAtLeast,
  },
  {
    signature: 'notPadded(Form, string, Number): Outcome',
    about: 'The text does not repeat its sentences to reach a length.',
    call: notPadded,
  },
  {
    signature: 'nameHasNoRestrictedTerm(Form, bool): Outcome',
    about: "No listed word in the project's name.",
    call: nameHasNoRestrictedTerm,
  },
  {
    signature: 'nameIsNoEvent(Form, list<string>, list<string>, list<string>, bool): Outcome',
    about: 'The project is not named an event; harmless phrases aside.',
    call: nameIsNoEvent,
  },
  {
    signature: 'nameClaimsNoStanding(Form): Outcome',
    about: 'No listed word of higher standing in the name.',
    call: nameClaimsNoStanding,
  },
  {
    signature: 'promotesNothing(Form): Outcome',
    about: 'No company or promotion in name, topics and content.',
    call: promotesNothing,
  },
  {
    signature: 'disciplineIsListed(Form): Outcome',
    about: 'The discipline is one of the 24, no Chinese medicine.',
    call: disciplineIsListed,
  },
  {
    signature: 'reviewerIsOutsideExpert(Form, string): Outcome',
    about: 'The peer reviewer is of another unit and of this rank or higher.',
    call: reviewerIsOutsideExpert,
  },
  {
    signature: 'leaderWithinQuota(Form, string, Number): Outcome',
    about: "The leader's projects of the year, this one included, are within the limit.",
    call: leaderWithinQuota,
  },
  {
    signature: 'unitWithinQuota(Form, string, Number, Number, Number, string): Outcome',
    about: "The unit's projects of the year are within its quota: a fixed one, or a share of what it held.",
    call: unitWithinQuota,
  },
  {
    signature: 'notDeclaredTwice(Form): Outcome',
    about: 'The same project is not declared twice.',
    call: notDeclaredTwice,
  },
  {
    signature: 'leaderHeldProjects(Form, string, list<string>): Outcome',
    about: 'The leader held every project approved at this level in these years.',
    call: leaderHeldProjects,
  },
  {
    signature: 'heldApart(Form): Outcome',
    about: 'No other project of unit or leader is held at the same time and place.',
    call: heldApart,
  },
  {
    signature: 'appliesInTime(Form, string, string, string, string): Outcome',
    about: 'The application date lies in the window: start, the start it may also mean, end, end for filed projects.',
    call: appliesInTime,
  },
  {
    signature: 'notApprovedBefore(Form, Number): Outcome',
    about: 'A new project was not approved before, or not in the year given.',
    call: notApprovedBefore,
  },
  {
    signature: 'unitInGoodStanding(Form, list<string>): Outcome',
    about: 'What the caller knows of the unit is good.',
    call: unitInGoodStanding,
  },
  {
    signature: 'hasNoIntegrityRecord(Form): Outcome',
    about: 'No integrity record of leader, teachers or unit.',
    call: hasNoIntegrityRecord,
  },
  {
    signature: 'unitIsFirstApplicant(Form): Outcome',
    about: 'The first-named host files the project.',
    call: unitIsFirstApplicant,
  },
  {
    signature: 'addressesNoReviewer(Form): Outcome',
    about: 'No value addresses an automatic reviewer.',
    call: addressesNoReviewer,
  },
]
