import { z } from 'zod';
import { parseSender } from './sender.js';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};

export const NotificationsConfigSchema = z.object({
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:587 or smtps://…' }).optional().meta({
    description: 'mail server that messages go to; without it they are kept in the local mailbox',
  }),
  MAIL_FROM: z.string().default('TecnoCursos <no-reply@tecnocursos.example>').transform((text, context) => {
    const sender = parseSender(text);
    if (sender) return sender;
    context.addIssue({ code: 'custom', message: 'must be an address, or a name and an address: Name <user@host>' });
    return z.NEVER;
  }).meta({ description: 'sender of messages: an address, or a name and an address' }),
  MAILBOX_DIR: z.string().default('.data/mailbox').meta({ description: 'folder of the local mailbox' }),
  MAIL_TIME_ZONE: z.string().refine(isTimeZone, 'is not the name of a time zone').default('America/Sao_Paulo').meta({ description: 'time zone of times in messages' }),
});
export type NotificationsConfig = z.infer<typeof NotificationsConfigSchema>;
