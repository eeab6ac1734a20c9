import { describe, expect, it } from 'vitest';
import { sendMessage, type Language, type RequestInput } from '@tecnocursos/contracts';
import { composeMessage, messageIdentity } from './message.composer.js';

const LINK = 'https://cursos.example/verify?token=a&b=1';
type Letter = Exclude<RequestInput<typeof sendMessage>, { template: 'course-ready' }>;

const common = (language: Language) => ({ idempotency_key: 'letter-1', language, to: { email: 'ana@escola.example', name: 'Ana <b>' } });
const expiring = { action_url: LINK, expires_at: '2026-11-30T17:00:00Z' };
const letters = (language: Language): Letter[] => [
  { ...common(language), template: 'verify-email', data: expiring },
  { ...common(language), template: 'password-reset', data: expiring },
  { ...common(language), template: 'account-exists', data: { action_url: LINK } },
  { ...common(language), template: 'invitation', data: { ...expiring, organization_name: 'Escola\nBoa', inviter_name: 'Bia' } },
];
const compose = (letter: Letter) => composeMessage(sendMessage.request.parse(letter), 'America/Sao_Paulo');

describe('letters about an account', () => {
  it.each([...letters('pt-BR'), ...letters('en')])('$template in $language says why it came, and links', (letter) => {
    const { subject, html, text } = compose(letter);
    expect(html).toContain(`<html lang="${letter.language}">`);
    expect(html).toContain('https://cursos.example/verify?token=a&amp;b=1');
    expect(html).not.toContain('<b>');
    expect(text).toContain(LINK);
    expect(text).toContain(letter.language === 'en' ? 'You get this message' : 'Você recebeu esta mensagem');
    expect(subject).not.toMatch(/[\r\n]/);
    if ('expires_at' in letter.data) expect(text).toContain(letter.language === 'en' ? 'November 30, 2026' : '30 de novembro de 2026');
  });

  it('names who invites where', () => {
    const [, , , invitation] = letters('pt-BR');
    const { subject, text } = compose(invitation as Letter);
    expect(subject).toBe('Convite para participar de “Escola Boa”');
    expect(text).toContain('Bia convidou você');
  });

  it('refuses a link that is none of the web', () => {
    expect(() => compose({ ...common('en'), template: 'account-exists', data: { action_url: 'javascript:alert(1)' } })).toThrow(
      expect.objectContaining({ code: 'invalid_request', issues: [expect.objectContaining({ field: 'data.action_url' })] }),
    );
  });

  it('is the same message with another link, and another one with other words', () => {
    const [letter] = letters('en');
    const again = { ...letter, data: { ...expiring, action_url: 'https://cursos.example/other' } } as Letter;
    expect(messageIdentity(sendMessage.request.parse(again))).toEqual(messageIdentity(sendMessage.request.parse(letter)));
    expect(messageIdentity(sendMessage.request.parse({ ...letter, language: 'pt-BR' }))).not.toEqual(messageIdentity(sendMessage.request.parse(letter)));
  });
});
