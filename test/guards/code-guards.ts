import { headerGuards } from './code/header.ts';
import { moneyGuards } from './code/money.ts';
import { netsGuards } from './code/nets.ts';
import { redriveGuards } from './code/redrive.ts';
import type { Guard } from './guard.ts';

/** Guards that are neither in the machine's definition nor a write's condition. */
export const codeGuards: readonly Guard[] = [...headerGuards, ...moneyGuards, ...redriveGuards, ...netsGuards].map(
  ([name, about, file, find, put]) => ({ name, kind: 'code', about, without: { of: 'code', file, find, put } }),
);
