import { useEffect, useState } from 'preact/hooks';
import { get, wordsOf } from '../api.ts';
import { onLive } from '../stores/live.ts';

export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: string | undefined;
}

const nothing = { answer: undefined, problem: undefined };

/** Asks the server anew whenever the path changes, and after a problem once it is back; undefined asks nothing. What is there stays until the next answer comes. */
export function useAnswer<T>(path: string | undefined): Asked<T> {
  const [state, set] = useState<Asked<T>>(nothing);
  const [tries, setTries] = useState(0);
  const hasProblem = state.problem !== undefined;
  useEffect(() => {
    if (!hasProblem) return undefined;
    return onLive(({ type }) => {
      if (type === 'hello' || type === 'reset') setTries((count) => count + 1);
    });
  }, [hasProblem]);
  useEffect(() => {
    if (path === undefined) {
      set(nothing);
      return undefined;
    }
    let isCurrent = true;
    get<T>(path).then(
      (answer) => isCurrent && set({ answer, problem: undefined }),
      (error: unknown) => isCurrent && set({ answer: undefined, problem: wordsOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [path, tries]);
  return state;
}
