import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'node-html-parser';
import { playerCourse } from './player-page.fixture.js';
import { PLAYER_CONTENT_SECURITY_POLICY, renderPlayerPage } from './player-page.js';
import { playerText } from './player-text.js';

const HOSTILE = `</script><script>alert(1)</script><!--<script>"'><img src=x onerror=alert(2)>&\u2028`;

describe('the player page', () => {
  it('holds hostile titles and texts as text', () => {
    const course = playerCourse();
    const [lesson] = course.lessons;
    if (lesson === undefined) throw new Error('The course has a lesson.');
    const hostile = { ...course, title: HOSTILE, summary: HOSTILE, lessons: [{ ...lesson, title: HOSTILE, summary: HOSTILE }] };
    const html = renderPlayerPage(hostile);
    const document = parse(html, { blockTextElements: { script: true, style: true, noscript: false } });
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelectorAll('img, [onerror]')).toHaveLength(0);
    expect(document.querySelector('h1')?.text).toBe(HOSTILE);
    const data = document.querySelector('#course-data')?.rawText ?? '';
    expect(data).not.toMatch(/[<>&\u2028]/u);
    expect(JSON.parse(data)).toMatchObject({ course: { title: HOSTILE, lessons: [{ title: HOSTILE }] } });
  });

  it('has no inline handler or style, and no address outside its own folder', () => {
    const document = parse(renderPlayerPage(playerCourse()));
    for (const element of document.querySelectorAll('*')) {
      for (const [name, value] of Object.entries(element.attributes)) {
        expect(name).not.toMatch(/^(on|style$)/u);
        if (name === 'href' || name === 'src') expect(value).toMatch(/^(#|data:image|lesson-\d\d\/)/u);
      }
    }
  });

  it('names the hashes of its own script and style in its policy', () => {
    const html = renderPlayerPage(playerCourse());
    const script = /<script>([^]*?)<\/script>/u.exec(html)?.[1] ?? '';
    const style = /<style>([^]*?)<\/style>/u.exec(html)?.[1] ?? '';
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
    expect(PLAYER_CONTENT_SECURITY_POLICY).toContain(`script-src 'sha256-${hash(script)}'`);
    expect(PLAYER_CONTENT_SECURITY_POLICY).toContain(`style-src 'sha256-${hash(style)}'`);
    expect(html).toContain(`content="${PLAYER_CONTENT_SECURITY_POLICY}"`);
    expect(() => new Function(script)).not.toThrow();
  });

  it('speaks the language of the course', () => {
    const english = renderPlayerPage(playerCourse({ language: 'en' }));
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('>Transcript<');
    expect(renderPlayerPage(playerCourse())).toContain('0,75×');
    expect(Object.keys(playerText('en'))).toEqual(Object.keys(playerText('pt-BR')));
  });

  it('labels every reference that its parts make to each other', () => {
    const document = parse(renderPlayerPage(playerCourse()));
    for (const name of ['aria-labelledby', 'aria-controls']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        expect(document.getElementById(element.getAttribute(name) ?? '')).not.toBeNull();
      }
    }
  });

  it('refuses a file that is not beside it, and a course without lessons', () => {
    const course = playerCourse();
    const [lesson] = course.lessons;
    if (lesson === undefined) throw new Error('The course has a lesson.');
    for (const video of ['https://example.org/v.mp4', '//example.org/v.mp4', '/v.mp4', '../v.mp4', 'javascript:alert(1)']) {
      const lessons = [{ ...lesson, files: { ...lesson.files, video } }];
      expect(() => renderPlayerPage({ ...course, lessons })).toThrow(/storage key/u);
    }
    expect(() => renderPlayerPage({ ...course, lessons: [] })).toThrow(RangeError);
  });
});
