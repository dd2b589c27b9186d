import { jest } from '@jest/globals';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import type { QueryCommand } from '#functions/shared/aws/document-commands.ts';
import type { TestTable } from './booking-table.ts';

/** Has functions, whose clients are other instances of the same class, send to this table, until mocks are restored. */
export function asTableOfFunctions({ table: { client } }: TestTable): void {
  const send = client.send.bind(client);
  jest.spyOn(DocumentClient.prototype, 'send').mockImplementation(((command: QueryCommand) => send(command)) as never);
}
