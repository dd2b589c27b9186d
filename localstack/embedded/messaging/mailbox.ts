import type { Store } from '../store/contract.ts';

/** A mail that SNS would have sent. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly topicArn: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface Mailbox {
  deliver(mail: Mail): void;
  /** Oldest first. */
  mails(): readonly Mail[];
}

const capacity = 1_000;
/** What SNS writes where a message has no subject of its own. */
export const defaultSubject = 'AWS Notification Message';

/** Keeps mails instead of sending them, the newest thousand. `log` is told each one in a line. */
export function createMailbox(store: Store, log: (line: string) => void): Mailbox {
  const kept = store.collection<Mail>('mails');
  const keyOf = (number: number): string => String(number).padStart(12, '0');
  let count = 0;
  for (const [key] of kept.entries({ reverse: true })) {
    count = Number(key);
    break;
  }
  return {
    deliver(mail) {
      count += 1;
      store.batch(() => {
        kept.put(keyOf(count), mail);
        kept.delete(keyOf(count - capacity));
      });
      log(`To ${mail.to}: ${mail.subject} | ${mail.body}`);
    },
    mails: () => [...kept.entries()].map(([, mail]) => mail),
  };
}
