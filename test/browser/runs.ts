import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { layersAfterFailureOf } from '#test/support/saga-paths.ts';
import type { ConsoleTest } from './open-console.ts';

/** The states whose box says so, in the order of the page. */
const statesThatSay = (page: Page, words: string): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('[data-state]')].filter((box) => box.textContent.includes(${JSON.stringify(words)})).map((box) => box.dataset.state)`,
  );

const boxOf = (page: Page, state: string) => page.locator(`[data-state="${state}"]`);
const ended = (page: Page, word: string) => page.locator('.run-title .status', { hasText: word }).waitFor();

export function runsInABrowser(test: ConsoleTest): void {
  it('are booked by a button, and coloured without a reload', async () => {
    const page = await test.visit('');
    await page.getByRole('button', { name: 'TakePayment' }).click();
    await page.waitForURL(/\/_console\/runs\//);
    await ended(page, 'Failed');
    await boxOf(page, 'TakePayment').waitFor();
    expect(await statesThatSay(page, 'Failed, caught')).toEqual(['TakePayment']);
    expect(await statesThatSay(page, 'Not reached')).toContain('ConfirmBooking');
    await expect(boxOf(page, 'ReserveHotel').textContent()).resolves.toContain('Done');
  });

  it('are also booked by any address outside of the console: once, and the browser shows the JSON', async () => {
    const names = async () => (await (await fetch(`${test.cloud.consoleUrl}/api/runs`)).json()) as { name: string }[];
    const before = (await names()).length;
    const page = await test.visit('/nowhere');
    await page.goto(`${test.cloud.apiUrl}/`);
    const answer = JSON.parse((await page.locator('pre').textContent()) ?? '') as {
      readonly message: string;
      readonly executionId: string;
    };
    expect(answer.message).toBe('The holiday booking system is processing your order');
    const after = await names();
    expect([after.length, after.some(({ name }) => name === answer.executionId)]).toEqual([before + 1, true]);
  });

  it('light the layers of the undo up in reverse, step by step of a replay', async () => {
    const name = await test.cloud.book('failPayment', 'replayed');
    const page = await test.visit(`/runs/${name}`);
    await ended(page, 'Failed');
    await boxOf(page, 'RefundPayment').getByText('Undid it').waitFor();
    const moment = page.getByRole('slider', { name: 'Moment of the run' });
    const last = Number(await moment.getAttribute('max'));
    const order: string[] = [];
    for (let at = 0; at <= last; at++) {
      await moment.fill(String(at));
      for (const state of await statesThatSay(page, 'Undid it')) if (!order.includes(state)) order.push(state);
    }
    const layers = layersAfterFailureOf.TakePayment ?? [];
    expect(order.filter((state) => layers.includes(state))).toEqual(layers);
    await moment.fill('0');
    expect(await statesThatSay(page, 'Undid it')).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(boxOf(page, 'RefundPayment').textContent()).resolves.toContain('Undid it');
  });

  it('are played by the space bar and stepped by arrows', async () => {
    const name = await test.cloud.book('failHotel', 'by-keys');
    const page = await test.visit(`/runs/${name}`);
    await ended(page, 'Failed');
    await page.keyboard.press('ArrowLeft');
    const moment = page.getByRole('slider', { name: 'Moment of the run' });
    const last = Number(await moment.getAttribute('max'));
    expect(Number(await moment.inputValue())).toBe(last - 1);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('show what went wrong in its own words, with log and records of a state', async () => {
    const name = await test.cloud.book('failPayment', 'told');
    const page = await test.visit(`/runs/${name}`);
    await page.getByText('TakePayment fails on purpose').first().waitFor();
    await boxOf(page, 'ReserveHotel').click();
    await page.waitForURL(/state=ReserveHotel/);
    await page.getByRole('heading', { name: 'Records that it wrote' }).waitFor();
    await expect(page.locator('.records').textContent()).resolves.toContain('Hotel');
    await page.goBack();
    await page.goForward();
  });

  it('are shown as a timeline and as a table of events', async () => {
    const name = await test.cloud.book('success', 'as-table');
    const page = await test.visit(`/runs/${name}?view=timeline`);
    await page.getByText('ConfirmRental').first().waitFor();
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByText('ExecutionStarted').first().waitFor();
  });

  it('are listed, filtered and searched, and the address says how', async () => {
    await test.cloud.book('success', 'listed-one');
    await test.cloud.book('failRental', 'listed-two');
    const page = await test.visit('/runs');
    await page.getByRole('link', { name: 'listed-two' }).waitFor();
    await page.getByPlaceholder('Trip, customer, error').fill('listed');
    await page.waitForURL(/q=listed/);
    await page.locator('tbody tr').nth(1).waitFor();
    await page.getByRole('button', { name: /^Failed/ }).click();
    const again = await test.visit(new URL(page.url()).pathname.slice('/_console'.length) + new URL(page.url()).search);
    await again.getByRole('link', { name: 'listed-two' }).waitFor();
    expect(await again.locator('tbody tr').count()).toBe(1);
  });

  it('are cancelled after a question, and the page tells the real outcome', async () => {
    const name = await test.cloud.book('success', 'to-cancel');
    const page = await test.visit(`/runs/${name}`);
    await ended(page, 'Succeeded');
    const early = await test.visit(`/runs/${name}.cancel`);
    await early.getByText('There is no run').first().waitFor();
    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('button', { name: 'Cancel the booking' }).click();
    await page.getByText('The API accepted it: the booking is CANCELLING').first().waitFor();
    await page
      .getByRole('link', { name: /cancel Succeeded/ })
      .first()
      .waitFor();
    // A page that waits for the run shows it from its first event on.
    await ended(early, 'Succeeded');
    await boxOf(early, 'CancelBooking').getByText('Undid it').waitFor();
    await early.getByText('The booking is undone.').waitFor();
    expect(await early.getByRole('alert').count()).toBe(0);
  });

  it('go on after the server was stopped and started with its data', async () => {
    const name = await test.cloud.book('success', 'kept');
    const page = await test.visit('/runs');
    await page.getByRole('link', { name: 'kept' }).waitFor();
    const looked = await test.visit(`/runs/${name}`);
    await ended(looked, 'Succeeded');
    await test.cloud.stop();
    await page.getByText('Reconnecting').waitFor();
    await boxOf(looked, 'ReserveHotel').click();
    await looked.getByRole('alert').first().waitFor();
    await test.cloud.start();
    await page.locator('.connection', { hasText: 'Live' }).waitFor();
    await test.cloud.book('failHotel', 'after-restart');
    await page.getByRole('link', { name: 'after-restart' }).waitFor();
    await page.getByRole('link', { name: 'kept' }).click();
    await ended(page, 'Succeeded');
    expect(page.url()).toContain(name);
    await looked.locator('.inspector .json').first().waitFor();
    await looked.getByRole('alert').first().waitFor({ state: 'detached' });
  });
}
