/** The states that undo what an earlier one did, by the first word of their names. */
export const isUndoing = (state: string): boolean => /^(Cancel|Refund|Release|Close)/.test(state);
