import type { Logs } from './logs/index.ts';

type LocalPages = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

/** What CloudWatch would show, below `/_local/` of the AWS endpoint. */
export function localPages(logs: Logs): LocalPages {
  return {
    /** `?group=&contains=&limit=`; without a group the names of all. */
    logs: (query) => {
      const group = query.get('group');
      if (group === null && !query.has('contains')) return { groups: logs.groups() };
      return {
        lines: logs.lines({
          ...(group === null ? {} : { group }),
          ...(query.has('contains') ? { contains: query.get('contains') ?? '' } : {}),
          limit: Number(query.get('limit') ?? 1000),
        }),
      };
    },
    /** `?name=`: every value that a function emitted in the embedded metric format. */
    metrics: (query) => {
      const name = query.get('name');
      return { metrics: logs.metrics(name === null ? {} : { name }) };
    },
  };
}
