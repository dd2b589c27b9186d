import { afterAll, beforeAll } from '@jest/globals';

const secondsToOpen = 60;

/**
 * Opens a thing that all tests of a file or of a `describe` share, and closes it after them. The object is here at once, for
 * hooks and tests to refer to; it gets its properties before the first of them runs.
 */
export function openSuite<Opened extends { close(): Promise<void> }>(open: () => Promise<Opened>): Opened {
  const shared = {} as Opened;
  let close = async () => {};
  beforeAll(async () => {
    const opened = await open();
    close = () => opened.close();
    Object.assign(shared, opened);
  }, secondsToOpen * 1000);
  afterAll(() => close());
  return shared;
}
