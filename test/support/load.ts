/** `LOAD=full`, as CI sets it: loads and random cases in their full number. A tenth by default, with the same assertions. */
export const isFullLoad = process.env.LOAD === 'full';

/** How many there are of what a test makes many of, and never fewer than it needs to mean something. */
export const sized = (full: number, least = 1): number => (isFullLoad ? full : Math.max(least, Math.ceil(full / 10)));
