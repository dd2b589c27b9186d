import { expect, it } from '@jest/globals';
import { describeConsole } from './open-console.ts';

describeConsole('faults in a browser', (test) => {
  it('are armed, fire once, are retried, and lead to the run', async () => {
    const page = await test.visit('/faults');
    await page.getByRole('combobox', { name: 'State' }).selectOption('RefundPayment');
    await page.getByRole('radio', { name: 'It fails after its write' }).check();
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByRole('button', { name: 'Disarm: RefundPayment fails after its write' }).waitFor();

    const name = await test.cloud.book('failPayment', 'faulty');
    const fired = page.getByRole('region', { name: 'Fired' });
    await fired.getByText('RefundPayment failed after its write').waitFor();
    await page.getByText('No fault is armed').waitFor();
    await fired.getByRole('link', { name }).click();

    await page.locator('.run-title .status', { hasText: 'Failed' }).waitFor();
    const box = page.locator('[data-state="RefundPayment"]');
    await box.getByText('Undone').waitFor();
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
    await page.getByText('No fault is armed').waitFor();

    const name = await test.cloud.book('success', 'unharmed');
    await page.goto(`${test.cloud.consoleUrl}/runs/${name}`);
    await page.locator('.run-title .status', { hasText: 'Succeeded' }).waitFor();
  });
});
