import { expect, it } from '@jest/globals';
import type { ConsoleTest } from './open-console.ts';

export function faultsInABrowser(test: ConsoleTest): void {
  it('are armed, fire once, are retried, and lead to the run', async () => {
    const page = await test.visit('/faults');
    await page.getByRole('combobox', { name: 'State' }).selectOption('RefundPayment');
    await page.getByRole('radio', { name: 'It fails after its write' }).check();
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByRole('button', { name: 'Disarm: RefundPayment fails after its write' }).waitFor();
    const elsewhere = await test.visit('/runs');
    const sign = elsewhere.getByRole('link', { name: '1 fault armed' });
    await sign.waitFor();

    await page.getByRole('button', { name: 'Book one whose ConfirmBooking fails' }).click();
    await page.waitForURL(/\/runs\//);
    const name = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    await sign.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Faults' }).click();
    const fired = page.getByRole('region', { name: 'Fired' });
    await fired.getByText('RefundPayment failed after its write').waitFor();
    await page.getByText('No fault is armed:').waitFor();
    await fired.getByRole('link', { name }).click();

    await page.locator('.run-title .status', { hasText: 'Failed' }).waitFor();
    const box = page.locator('[data-state="RefundPayment"]');
    await box.getByText('Undid it').waitFor();
    await expect(box.textContent()).resolves.toContain('2 attempts');
  });

  it('are disarmed before they fire', async () => {
    const page = await test.visit('/faults');
    await page.getByRole('combobox', { name: 'State' }).selectOption('ReserveSeat');
    await page.getByRole('radio', { name: 'It is throttled' }).check();
    await page.getByLabel('How many of the next calls').fill('3');
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByText('Next 3 calls').first().waitFor();
    await page.getByRole('button', { name: 'Disarm: ReserveSeat is throttled' }).click();
    await page.getByText('No fault is armed:').waitFor();

    const name = await test.cloud.book('success', 'unharmed');
    await page.goto(`${test.cloud.consoleUrl}/runs/${name}`);
    await page.locator('.run-title .status', { hasText: 'Succeeded' }).waitFor();
  });

  it('show a recorded trace as a run to replay', async () => {
    const of = {
      executionArn: 'arn:aws:states:us-east-1:0:execution:m:trip.run1',
      state: 'TakePayment',
      stateType: 'Task',
    };
    const observations = [
      { ...of, type: 'executionChanged', status: 'RUNNING' },
      { ...of, type: 'stateEntered', input: { trip_id: 'trip' } },
      { ...of, type: 'stateExited', caught: 'ReplyLost' },
      { ...of, type: 'executionChanged', status: 'FAILED' },
    ];
    const lines = observations.map((one, at) => JSON.stringify({ ...one, id: at + 1, at: at + 1 }));
    const page = await test.visit('/faults');
    const chooser = page.locator('input[type=file]');
    await chooser.setInputFiles({ name: 'wrong', mimeType: 'text/plain', buffer: Buffer.from('no trace') });
    await page.getByText('Line 1 is not of a trace').waitFor();
    await chooser.setInputFiles({ name: 'plan', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });
    await page.getByRole('link', { name: 'trace:trip.run1' }).click();

    const box = page.locator('[data-state="TakePayment"]');
    await box.getByText('Failed, caught').waitFor();
    await page.getByRole('button', { name: 'Step back' }).click();
    await box.getByText('Failed, caught').waitFor({ state: 'detached' });
  });
}
