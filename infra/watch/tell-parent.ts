/** A message to the process that started this one. A parent that is gone needs no word: with a callback, Node does not throw for it. */
export const tellParent = (message: object): void => void process.send?.(message, undefined, undefined, () => {});
