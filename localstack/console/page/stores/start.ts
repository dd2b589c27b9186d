import { signal } from '@preact/signals';
import type { Start } from '../../model/wire.ts';
import { get, wordsOf } from '../api.ts';

export const start = signal<Start | undefined>(undefined);
export const startProblem = signal<string | undefined>(undefined);

get<Start>('/start').then(
  (value) => {
    start.value = value;
  },
  (error: unknown) => {
    startProblem.value = wordsOf(error);
  },
);
