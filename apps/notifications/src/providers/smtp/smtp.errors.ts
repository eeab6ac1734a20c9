import { AppError } from '@tecnocursos/contracts';

/** What nodemailer adds to its errors. */
interface SmtpFailure {
  /** `EAUTH`, `ETLS`, `EENVELOPE`, `ETIMEDOUT`… */
  code?: string;
  /** SMTP command that was answered. */
  command?: string;
  /** Reply code of RFC 5321 §4.2.3; absent when the server did not answer. */
  responseCode?: number;
}

/** nodemailer's codes for an answer about sender, recipient or content; all others are about the connection or our login. */
const ABOUT_THE_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE']);
/** Answers to an envelope that ask for a login or encryption (RFC 4954 §6, RFC 3207 §4), or for another order of commands. */
const ABOUT_US = new Set([503, 530, 534, 535, 538]);

export function asSmtpError(error: unknown): AppError {
  const { code, command, responseCode } = error as SmtpFailure;
  const isRefusal = responseCode !== undefined && responseCode >= 500 && ABOUT_THE_MESSAGE.has(code ?? '') && !ABOUT_US.has(responseCode);
  if (!isRefusal) {
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
