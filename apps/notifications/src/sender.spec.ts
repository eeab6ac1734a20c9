import { describe, expect, it } from 'vitest';
import { readConfig } from '@tecnocursos/nest-kit';
import { NotificationsConfigSchema } from './notifications.config.js';
import { parseSender } from './sender.js';

describe('parseSender', () => {
  it.each([
    ['a@b.example', { email: 'a@b.example' }],
    ['<a@b.example>', { email: 'a@b.example' }],
    ['Escola Boa <a@b.example>', { email: 'a@b.example', name: 'Escola Boa' }],
    ['"Escola, Boa" <a@b.example>', { email: 'a@b.example', name: 'Escola, Boa' }],
    ['Escola', null],
    ['a@b.example, c@d.example', null],
    ['A <a@b.example>\r\nBcc: x@y.example', null],
  ])('%j', (text, expected) => {
    expect(parseSender(text)).toEqual(expected);
  });
});

describe('configuration', () => {
  it('has defaults, and names what is wrong', () => {
    expect(readConfig(NotificationsConfigSchema, {})).toMatchObject({ MAIL_FROM: { name: 'TecnoCursos' }, MAIL_TIME_ZONE: 'America/Sao_Paulo' });
    expect(() => readConfig(NotificationsConfigSchema, { SMTP_URL: 'https://x.example', MAIL_FROM: 'nobody', MAIL_TIME_ZONE: 'Mars/Olympus' })).toThrow(
      /SMTP_URL: must be[^]*MAIL_FROM: must be[^]*MAIL_TIME_ZONE: is not/,
    );
  });
});
