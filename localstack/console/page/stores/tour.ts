import { signal } from '@preact/signals';
import { tour } from '../../model/tour.ts';
import { wordsOf } from '../api.ts';
import { navigate, withQuery } from '../router.ts';
import { announce } from './announce.ts';
import { bookAndWatch } from './book.ts';

/** The step that is shown; undefined outside of the tour. */
export const tourStep = signal<number | undefined>(undefined);
/** Whether the step's button was used. */
export const tourDone = signal(false);
export const tourProblem = signal<string | undefined>(undefined);

export function beginTour(): void {
  showStep(0);
}

export function endTour(): void {
  tourStep.value = undefined;
}

export function showStep(index: number): void {
  tourStep.value = index < tour.length ? index : undefined;
  tourDone.value = false;
  tourProblem.value = undefined;
  const step = tour[index];
  if (step !== undefined) announce(`Tour, step ${index + 1}: ${step.title}. ${step.text}`);
}

export async function doStep(): Promise<void> {
  const { book, path, view } = tour[tourStep.value ?? -1] ?? {};
  tourProblem.value = undefined;
  try {
    if (book !== undefined) await bookAndWatch(book);
    if (path !== undefined) navigate(path);
    if (view !== undefined) navigate(withQuery({ view, state: '' }));
    tourDone.value = true;
  } catch (error) {
    tourProblem.value = wordsOf(error);
  }
}
