import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import type { ConsoleTest } from './open-console.ts';

const region = 'us-east-1';
const anyone = { accessKeyId: 'any', secretAccessKey: 'any' };

export function tableAndTrouble(test: ConsoleTest): void {
  it('mark what changes in a trip as it happens', async () => {
    const page = await test.visit('/data/trips/watched');
    await page.getByText('The table has no item of this trip.').waitFor();
    await test.cloud.book('success', 'watched');
    await page.locator('.item-marked').first().waitFor();
    await page.locator('.item', { hasText: 'Booking' }).locator('.status', { hasText: 'Confirmed' }).first().waitFor();
    expect(await page.locator('.patterns').textContent()).toContain('AP2');
  });

  it('lead from a booking to its flight, customer and charge', async () => {
    await test.cloud.book('success', 'of-its-flight');
    const page = await test.visit('/data');
    await page.locator('tr', { hasText: 'of-its-flight' }).locator('.status', { hasText: 'Confirmed' }).waitFor();
    await page.locator('tr', { hasText: 'of-its-flight' }).getByRole('link', { name: 'demo-london-dublin' }).click();
    await page.locator('.seat-sold').first().waitFor();
    await page.getByRole('link', { name: 'demo', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Where the points come from' }).waitFor();
    await page.getByRole('link', { name: 'Charges' }).click();
    await page.locator('tr', { hasText: 'of-its-flight' }).getByText('Captured').waitFor();
  });

  it('redrive a dead letter, and tell what became of it', async () => {
    await test.cloud.book('failPayment', 'lettered', { cancelFailureRate: '1' });
    const page = await test.visit('/trouble');
    await page.getByRole('heading', { name: /lettered/ }).waitFor();
    await page.getByRole('button', { name: /^Redrive: lettered/ }).click();
    await page.getByRole('region', { name: 'What became of the letters' }).waitFor();
    expect(await page.locator('.results li').textContent()).toMatch(/done/);
    await page.getByText('No dead letters').waitFor();
  });

  it('name the statement that a denied call lacks', async () => {
    const settings = { region, endpoint: test.cloud.awsUrl, credentials: anyone };
    const QueueName = 'without-policy';
    await new SQSClient(settings).send(new CreateQueueCommand({ QueueName }));
    const sns = new SNSClient(settings);
    const { Topics = [] } = await sns.send(new ListTopicsCommand());
    const Endpoint = `arn:aws:sqs:${region}:000000000000:${QueueName}`;
    await sns.send(new SubscribeCommand({ TopicArn: Topics[0]?.TopicArn, Protocol: 'sqs', Endpoint }));
    await test.cloud.book('success', 'told-to-nobody');
    const page = await test.visit('/trouble/denials');
    await page.locator('.letter', { hasText: 'sqs:SendMessage' }).waitFor();
    const statement = JSON.parse((await page.locator('.statement pre').first().textContent()) ?? '') as object;
    expect(statement).toMatchObject({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: Endpoint });
  });

  it('show the alarm of the dead letters on, messages and metrics', async () => {
    await test.cloud.book('failPayment', 'alarming', { cancelFailureRate: '1' });
    const page = await test.visit('/trouble/alarms');
    await page.locator('tr', { hasText: 'booking-saga-local-dead-letters' }).getByText('In alarm').waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByText('booking-saga-local-dead-letters').first().waitFor();
    await page.getByRole('link', { name: 'Metrics' }).click();
    await page.getByRole('heading', { name: 'SuccessfulReservation' }).waitFor();
  });
}
