import { consistentReads } from '#test/simulation/mends/consistent-reads.ts';
import { headerGuards } from './code/header.ts';
import { moneyGuards } from './code/money.ts';
import { netsGuards } from './code/nets.ts';
import { redriveGuards } from './code/redrive.ts';
import type { Guard } from './guard.ts';

/** `lines` are the plan in which the read shows a former state. */
const readGuards: readonly Guard[] = Object.values(consistentReads).flatMap(({ about, plan, patches }) =>
  patches.map(({ file, find, replace: put }) => ({
    name: `a read is consistent: ${about}`,
    kind: 'code',
    about: [],
    lines: [plan],
    without: { of: 'code', file, find, put },
  })),
);

/** Guards that are neither in the machine's definition nor a write's condition. */
export const codeGuards: readonly Guard[] = [
  ...[...headerGuards, ...moneyGuards, ...redriveGuards, ...netsGuards].map(
    ([name, about, file, find, put]): Guard => ({
      name,
      kind: 'code',
      about,
      without: { of: 'code', file, find, put },
    }),
  ),
  ...readGuards,
];
