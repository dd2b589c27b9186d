import { describe, expect, it } from '@jest/globals';
import { aMessaging, aTopic, topicArn } from '../messaging/fixture.ts';
import { answered, noNumbers, services, taken } from './setup.ts';

const inherited = (name: string) => `${name}.toString=x&${name}.valueOf=x`;

const queries: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ListRoles: { PathPrefix: '/', MaxItems: '1', Marker: '0' },
  GetRole: { RoleName: 'weigh-parcel' },
  ListRolePolicies: { RoleName: 'weigh-parcel', MaxItems: '1', Marker: '0' },
  ListAttachedRolePolicies: { RoleName: 'weigh-parcel', PathPrefix: '/', MaxItems: '1', Marker: '0' },
  GetRolePolicy: { RoleName: 'weigh-parcel', PolicyName: 'p' },
};

describe('a request to IAM', () => {
  const formOf = (input: object) => new URLSearchParams(Object.entries(input)).toString();
  const asked = (operation: string, form: string) => answered('iam', 'POST /', `Action=${operation}&${form}`);

  it('is served with each of its members', async () => {
    expect(Object.keys(queries).sort()).toEqual(services.iam.operations);
    for (const [operation, input] of Object.entries(queries)) {
      expect(await asked(operation, formOf(input))).toEqual([200, 'taken']);
    }
  });

  it.each(Object.entries(queries))(
    'with a list or a structure for a text is malformed: %s',
    async (operation, input) => {
      for (const name of Object.keys(input)) {
        const { [name]: _, ...others } = input;
        const forms = [`${name}.member.1=x`, `${name}.1=x`, `${name}.x=y`, `${name}.entry.1.key=x`, inherited(name)];
        for (const form of forms) {
          expect([form, await asked(operation, `${formOf(others)}&${form}`)]).toEqual([form, [400, 'MalformedInput']]);
        }
      }
    },
  );

  it.each(Object.entries(queries))('with a number that is none is refused: %s', async (operation, input) => {
    for (const name of ['MaxItems', 'Marker'].filter((each) => each in input)) {
      for (const number of noNumbers) {
        const form = `${formOf(input)}&${name}=${number}`;
        expect([form, await asked(operation, form)]).toEqual([form, [400, 'ValidationError']]);
      }
    }
  });

  it.each([
    ['GetRole', ''],
    ['GetRole', 'RoleName='],
    ['ListRolePolicies', ''],
    ['ListAttachedRolePolicies', ''],
    ['GetRolePolicy', 'RoleName=weigh-parcel'],
    ['GetRolePolicy', 'PolicyName=p'],
  ])('without a name is refused: %s %s', async (operation, form) => {
    expect(await asked(operation, form)).toEqual([400, 'ValidationError']);
  });

  it.each<[string, [number, string]]>([
    ['', [400, 'MissingAction']],
    ['{"Action":"GetRole"}', [400, 'MissingAction']],
    ['Action.member.1=GetRole', [400, 'MissingAction']],
    [inherited('Action'), [400, 'MissingAction']],
    ['Action=toString', [400, 'InvalidAction']],
    ['Action=%zz', [400, 'InvalidAction']],
  ])('of no known form is refused: %j', async (body, refused) => {
    expect(await answered('iam', 'POST /', body)).toEqual(refused);
  });

  it.each([inherited('A'), 'A.member.1=x', '__proto__.x=y'])(
    'may have members that it does not know: %s',
    async (form) => {
      expect(await answered('sts', 'POST /', `Action=GetCallerIdentity&${form}`)).toEqual([200, 'taken']);
    },
  );

  it.each(Object.entries(queries))(
    'from inside with a member of a wrong type is refused: %s',
    async (operation, input) => {
      expect(await taken('iam', operation, input)).toEqual([]);
    },
  );
});

it.each([
  ['Publish', 'Message.x=y'],
  ['Publish', inherited('Message')],
  ['Publish', 'Message=a&MessageAttributes=x'],
  ['Subscribe', `Protocol=sqs&${inherited('Endpoint')}`],
])('a request to SNS with a structure or a text for the other is malformed: %s %s', async (operation, form) => {
  const messaging = await aMessaging({ queues: [], topics: [aTopic('t')] });
  const body = `Action=${operation}&TopicArn=${topicArn('t')}&${form}`;

  expect(await answered('sns', 'POST /', body, {}, { sns: messaging.sns })).toEqual([400, 'MalformedInput']);

  await messaging.close();
});
