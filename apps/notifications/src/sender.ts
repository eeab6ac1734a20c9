import { z } from 'zod';

export interface MailAddress {
  readonly email: string;
  readonly name?: string;
}

/** `user@host` or `Name <user@host>`; null when it is neither. */
export function parseSender(text: string): MailAddress | null {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*$/.exec(text);
  const email = match?.[2] ?? match?.[3];
  if (email === undefined || !z.email().safeParse(email).success) return null;
  const name = match?.[1]?.trim();
  return name ? { email, name } : { email };
}
