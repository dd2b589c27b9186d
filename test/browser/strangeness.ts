import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { RunEvent, RunRow } from '../../localstack/console/model/wire.ts';
import type { ConsoleTest } from './open-console.ts';

const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

const aRun = (more: Partial<RunRow> = {}): RunRow => ({
  name: 'strange',
  status: 'RUNNING',
  startedAt: 1_000,
  endedAt: undefined,
  trip: 'strange',
  customer: 'ann',
  runType: 'success',
  kind: 'book',
  error: undefined,
  transitions: 1,
  ...more,
});

/** Answers the page instead of the server. */
const answers = (page: Page, path: RegExp, value: unknown): Promise<unknown> =>
  page.route(path, (route) => route.fulfill({ json: value }));

async function withRun(page: Page, run: RunRow, events: readonly RunEvent[]): Promise<void> {
  const details = { run, actions: [], error: run.error };
  await answers(page, /\/api\/runs$/, [run]);
  await answers(page, /\/api\/runs\/strange$/, details);
  await page.route(/\/api\/runs\/strange\/events\?/, (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    return route.fulfill({ json: events.filter(({ id }) => id > after) });
  });
  const graph = await page.request.get(`${new URL(page.url()).origin}/_console/api/graph`);
  await answers(page, /\/api\/runs\/strange\/graph$/, await graph.json());
}

/** So that routes are in place before the address that needs them is asked for. */
async function look(page: Page, path: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/_console${path}`);
}

export function whatIsStrange(test: ConsoleTest): void {
  it('shows markup in names, reasons and errors as text', async () => {
    const page = await test.visit('');
    const run = aRun({
      trip: markup,
      customer: markup,
      runType: markup,
      status: 'FAILED',
      error: markup,
      endedAt: 2_000,
    });
    await withRun(page, run, [
      { id: 1, previous: 0, at: 1_000, type: 'ExecutionStarted' },
      { id: 2, previous: 1, at: 1_001, type: 'TaskStateEntered', state: 'ReserveHotel' },
      { id: 3, previous: 2, at: 1_002, type: 'TaskFailed', error: markup, cause: markup, resource: markup },
      { id: 4, previous: 3, at: 1_003, type: 'ExecutionFailed', error: markup, cause: markup },
    ]);
    await look(page, '/runs');
    await page.getByRole('link', { name: markup }).waitFor();
    for (const view of ['', '?view=timeline', '?view=events', '?state=ReserveHotel']) {
      await look(page, `/runs/strange${view}`);
      await page.getByText(markup).first().waitFor();
    }
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
  });

  it('shows a trip with markup in it as text', async () => {
    const page = await test.visit('');
    const attributes = { failureReason: markup, [markup]: markup };
    const items = [{ sk: markup, type: markup, status: markup, attributes }];
    await answers(page, /\/api\/data\/trips\/t1$/, { patterns: [], data: { trip: markup, items } });
    await look(page, '/data/trips/t1');
    await page.getByText(markup).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('shows an unknown status, event and state as they are, and everything else with it', async () => {
    const page = await test.visit('');
    const run = aRun({ status: 'FROZEN' });
    await withRun(page, run, [
      { id: 1, previous: 0, at: 1_000, type: 'ExecutionStarted' },
      { id: 2, previous: 1, at: 1_001, type: 'TaskStateEntered', state: 'ReserveHotel' },
      { id: 3, previous: 2, at: 1_002, type: 'SomethingNewHappened' },
      { id: 4, previous: 3, at: 1_003, type: 'TaskStateEntered', state: 'StateOfTomorrow' },
    ]);
    await look(page, '/runs');
    await page.getByText('FROZEN').first().waitFor();
    await look(page, '/runs/strange');
    await page.getByText('FROZEN').first().waitFor();
    await page.locator('[data-state="ReserveHotel"]').waitFor();
    await look(page, '/runs/strange?view=timeline');
    await page.getByText('StateOfTomorrow').first().waitFor();
    await look(page, '/runs/strange?view=events');
    await page.getByText('SomethingNewHappened').first().waitFor();
  });

  it('has at most 60 rows in the page for a run of 10,000 events, at every place of it', async () => {
    const page = await test.visit('');
    const events = Array.from({ length: 10_000 }, (_, at): RunEvent => {
      const id = at + 1;
      const kind = at % 2 === 0 ? 'Entered' : 'Exited';
      return { id, previous: at, at: 1_000 + at, type: `PassState${kind}`, state: `Step${Math.floor(at / 2)}` };
    });
    await withRun(page, aRun(), events);
    for (const [view, row] of [
      ['events', 'tbody tr'],
      ['timeline-rows', '.timeline-row'],
    ]) {
      await look(page, `/runs/strange?view=${view?.replace('-rows', '')}`);
      const scroller = page.locator(`section.${view}`);
      const rows = scroller.locator(row ?? '');
      await rows.first().waitFor();
      for (const part of [0, 0.5, 1]) {
        await scroller.evaluate(`(pane) => pane.scrollTo(0, pane.scrollHeight * ${part})`);
        await page.waitForTimeout(100);
        expect(await rows.count()).toBeLessThanOrEqual(60);
        expect(await rows.count()).toBeGreaterThan(5);
      }
    }
    await look(page, '/runs/strange?view=events');
    await page.locator('section.events').evaluate('(pane) => pane.scrollTo(0, pane.scrollHeight)');
    await page.getByText('Step4999').first().waitFor();
  });

  it('asks for nothing before its stream is open: what changes in between would stay unseen', async () => {
    const page = await test.visit('/nowhere');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace('/_console/api', '')));
    await page.route(/\/api\/stream$/, async (route) => {
      await page.getByText('Connecting').waitFor();
      asked.push('the stream goes on');
      await route.continue();
    });
    await look(page, '/runs');
    await page.locator('.runs .lead', { hasText: /\d run/ }).waitFor();
    expect(asked.indexOf('/runs')).toBeGreaterThan(asked.indexOf('the stream goes on'));
  });

  it('says what it has nothing of', async () => {
    const page = await test.visit('/runs/there-is-none');
    await page.getByRole('alert').getByText('There is no run there-is-none').waitFor();
    await page.locator('main').getByRole('link', { name: 'All runs' }).waitFor();
    expect(await page.getByRole('link', { name: 'Timeline' }).count()).toBe(0);
    await look(page, '/nowhere');
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });
}
