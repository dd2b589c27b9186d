import { setFlagsFromString } from 'node:v8';

/** A collection takes a tenth of a second of the processor, and comes after some two hundred runs of a machine with a dozen functions. */
const PERCENT = 40;

/**
 * The heaps of this process are collected when they have grown by so much since the last time. V8 lets the main thread's grow to four times of
 * what was left, for speed that a local cloud has no use for.
 *
 * To be called once functions are loaded: code that Node keeps compiled was compiled under other flags, and would be compiled anew.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${PERCENT}`);
}
