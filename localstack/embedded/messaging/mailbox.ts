import { createRing } from '../logs/ring.ts';

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
export function createMailbox(log: (line: string) => void): Mailbox {
  const kept = createRing<Mail>(capacity);
  return {
    deliver(mail) {
      kept.push(mail);
      log(`To ${mail.to}: ${mail.subject} | ${mail.body}`);
    },
    mails: () => kept.items(),
  };
}
