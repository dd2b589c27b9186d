import { afterEach } from '@jest/globals';

/** Undoes after each test what the test has handed over; what is undone twice has to bear it. @returns what takes it */
export function undoneAfterEach(): <Undo extends () => void>(undo: Undo) => Undo {
  const undoings: (() => void)[] = [];
  afterEach(() => {
    for (const undo of undoings.splice(0)) undo();
  });
  return (undo) => {
    undoings.push(undo);
    return undo;
  };
}
