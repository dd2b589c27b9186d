/** The rules that can be taken out, and what each says. */
export const rules = {
  chargeKeyNamesExecution: '',
  reserveNeverOverwrites: '',
  confirmNeverInserts: '',
  noFenceNoUndo: '',
  redriveGoesByItsInput: '',
  onlyLaterRunsRebook: '',
  tombstoneOverOlderCancelled: '',
  commitChecksItems: '',
  deleteOwnOnly: '',
  ownConfirmedIsNoReserve: '',
  redriveSparesConfirmed: '',
  ownRunSparesConfirmed: '',
  holdsBeforeHeaders: '',
  refundBeforeDelete: '',
  closeOnlyWhatIsUndone: '',
  closeOwnOnly: '',
  reservesBehindFence: '',
  reconcilerReleasesHolds: '',
  ownConfirmedIsSuccess: '',
  confirmOwnOnly: '',
  onlyCancelledIsRebooked: '',
  tombstone: '',
  headerRemembersItsRun: '',
  redriveKeepsTheCustomersCause: '',
  unknownReserveUndoesAll: '',
  refusedUndoesNothing: '',
  cancelledHeadersStay: '',
  headersStay: '',
} as const;

export type RuleName = keyof typeof rules;
export type Rules = { readonly [Name in RuleName]: boolean };

export const ruleNames = Object.keys(rules) as RuleName[];

export const allRulesBut = (takenOut: readonly RuleName[]): Rules =>
  Object.fromEntries(ruleNames.map((name) => [name, !takenOut.includes(name)])) as Rules;
