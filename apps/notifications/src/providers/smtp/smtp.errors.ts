import { AppError } from '@tecnocursos/contracts';

/** What nodemailer adds to its errors. */
interface SmtpFailure {
  /** `EAUTH`, `EENVELOPE`, `ETIMEDOUT`, `ECONNECTION`… */
  code?: string;
  /** SMTP command that was answered. */
  command?: string;
  /** Reply code of RFC 5321 §4.2.3; absent when the server did not answer. */
  responseCode?: number;
}

/** Replies that describe our login or our order of commands, and say nothing about the message. */
const ABOUT_US = new Set([503, 530, 534, 535, 538]);

export function asSmtpError(error: unknown): AppError {
  const { code, command, responseCode } = error as SmtpFailure;
  if (responseCode === undefined || responseCode < 500 || code === 'EAUTH' || ABOUT_US.has(responseCode)) {
    const reason = responseCode === undefined ? 'does not answer' : `answered ${responseCode}`;
    return new AppError('unavailable', `The mail server ${reason}.`, { retryAfterS: 30, cause: error });
  }
  if (command === 'RCPT TO') {
    return new AppError('invalid_request', `The mail server refuses this recipient (${responseCode}).`, {
      issues: [{ field: 'to.email', message: 'Check the address: its mail server does not take messages for it.' }],
      cause: error,
    });
  }
  return new AppError('internal', `The mail server refuses the message (${responseCode}).`, { cause: error });
}
