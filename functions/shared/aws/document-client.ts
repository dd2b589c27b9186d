import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DocumentCommand } from './document-commands.ts';

/**
 * DynamoDB with items of plain values, as `@aws-sdk/lib-dynamodb` has it. That one refuses `cacheMiddleware` and puts its
 * middleware together for each request, a third of what a request costs: docs/decisions/cached-middleware.md
 */
export class DocumentClient {
  readonly #client: DynamoDBClient;

  constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  /** @throws the errors of `@aws-sdk/client-dynamodb`, in which items are as DynamoDB sends them */
  send<Input, Output>(command: DocumentCommand<Input, Output>): Promise<Output> {
    return command.sendBy(this.#client);
  }
}
