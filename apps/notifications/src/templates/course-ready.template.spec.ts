import { describe, expect, it } from 'vitest';
import { sendMessage, type Language, type RequestInput } from '@tecnocursos/contracts';
import { formatDuration } from './course-ready.template.js';
import { composeMessage } from './message.composer.js';
import type { MessageContent } from './message-content.js';

type Data = Extract<RequestInput<typeof sendMessage>, { template: 'course-ready' }>['data'];

const compose = (language: Language, data: Partial<Data> = {}, name = 'Ana'): MessageContent =>
  composeMessage(
    sendMessage.request.parse({
      idempotency_key: 'course-ready-1', template: 'course-ready', language, to: { email: 'ana@escola.example', name },
      data: {
        course_title: 'Fotossíntese', player_url: 'https://cursos.example/files/t/p.html?a=1&b=2', poster_url: 'https://cursos.example/files/t/p.png',
        lessons: [{ title: 'A luz', duration_s: 90 }, { title: 'O açúcar', duration_s: 3_700 }], link_expires_at: '2026-11-30T17:00:00Z', ...data,
      },
    }),
    'America/Sao_Paulo',
  );

/** All that a mail program could load or open. */
const addressesIn = (html: string): string[] => [...html.matchAll(/(?:(?:src|href|background)=|url\()\s*["']?([^"')\s]+)/g)].map(([, address = '']) => address);

describe('course-ready', () => {
  it('speaks Portuguese', () => {
    const { subject, html, text } = compose('pt-BR');
    expect(subject).toBe('Seu curso “Fotossíntese” está pronto');
    expect(html).toContain('<html lang="pt-BR">');
    for (const form of [html, text]) for (const part of ['Olá, Ana!', '2 aulas · 1 h 03 min', 'A luz', '30 de novembro de 2026', '14:00']) expect(form).toContain(part);
  });

  it('speaks English', () => {
    const { subject, html, text } = compose('en');
    expect(subject).toBe('Your course “Fotossíntese” is ready');
    for (const form of [html, text]) for (const part of ['Hello, Ana!', '2 lessons · 1 h 03 min', 'November 30, 2026']) expect(form).toContain(part);
  });

  it('escapes all that it is given', () => {
    const hostile = `"><script>alert('x')</script>&`;
    const { html } = compose('pt-BR', { course_title: hostile, lessons: [{ title: hostile, duration_s: 1 }] }, hostile);
    expect(html).not.toContain('<script');
    expect(html).not.toContain(`alert('`);
    expect(html.match(/&quot;&gt;&lt;script&gt;alert\(&#39;x&#39;\)&lt;\/script&gt;&amp;/g)).toHaveLength(5);
  });

  it('loads nothing but the poster, and links to nothing but the player', () => {
    const addresses = new Set(addressesIn(compose('pt-BR').html));
    expect(addresses).toEqual(new Set(['https://cursos.example/files/t/p.html?a=1&amp;b=2', 'https://cursos.example/files/t/p.png']));
    expect(compose('pt-BR', { poster_url: undefined }).html).not.toContain('<img');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])('refuses the link %s', (url) => {
    expect(() => compose('en', { player_url: url })).toThrow(expect.objectContaining({ code: 'invalid_request', issues: [expect.objectContaining({ field: 'data.player_url' })] }));
    expect(() => compose('en', { poster_url: url })).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ field: 'data.poster_url' })] }));
  });

  it('stays short, whatever the course has', () => {
    const lessons = Array.from({ length: 500 }, (_, index) => ({ title: `Aula ${index} ${'x'.repeat(60)}`, duration_s: 60 }));
    const { subject, html, text } = compose('pt-BR', { course_title: 'é'.repeat(300), lessons });
    expect([...subject].length).toBeLessThan(150);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    for (const form of [html, text]) expect(form).toContain('e mais 460 aulas');
  });

  it('keeps a line of the text a line', () => {
    const { text } = compose('pt-BR', { course_title: 'Um\r\n.\r\nDois' }, 'Ana\nBia');
    expect(text).toContain('Seu curso está pronto: Um . Dois');
    expect(text).toContain('Olá, Ana Bia!');
  });
});

describe('formatDuration', () => {
  it.each([[0, '0 s'], [59.4, '59 s'], [59.6, '1 min'], [89, '1 min'], [3_569, '59 min'], [3_590, '1 h 00 min'], [5_400, '1 h 30 min']])('%d s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});
