/** What the views of a run show: all of it, or as much as a replay has come to. */
import { computed } from '@preact/signals';
import { runModelOf } from '../../model/run.ts';
import { cursor } from './replay.ts';
import { openRun } from './run.ts';

export const shownEvents = computed(() => {
  const { events } = openRun.value;
  return cursor.value === undefined ? events : events.slice(0, cursor.value);
});

export const shownModel = computed(() => runModelOf(shownEvents.value));

/** Of the whole run, replay or not. */
export const wholeModel = computed(() => runModelOf(openRun.value.events));
