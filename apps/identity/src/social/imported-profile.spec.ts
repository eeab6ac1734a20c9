import { describe, expect, it } from 'vitest';
import { importedProfile, localeOf } from './imported-profile.js';

const NOTHING = { given_name: null, family_name: null, job_title: null, locale: null, picture_url: null, page_url: null, repositories: null };

describe('importedProfile', () => {
  it('takes what has the form that it should have', () => {
    const told = { given_name: ' Lia ', picture_url: 'https://media.example/lia.jpg', repositories: [{ name: 'lia/aulas', url: 'https://github.com/lia/aulas', private: false }] };
    expect(importedProfile(told)).toEqual({ ...NOTHING, ...told, given_name: 'Lia' });
  });

  it.each([
    ['an address that a page must not open', { picture_url: 'javascript:alert(1)', page_url: 'http://plain.example/' }], ['what is empty', { given_name: '  ' }], ['what is too long', { job_title: 'x'.repeat(201) }],
    ['what is no text', { family_name: { toString: 'x' }, locale: 7 }], ['a list with something else in it', { repositories: [{ name: 'x' }] }], ['what nobody asked for', { password: 'x' } as object],
  ])('leaves out %s', (_what, told) => {
    expect(importedProfile(told)).toEqual(NOTHING);
  });
});

describe('localeOf', () => {
  it.each([['pt_BR', 'pt-BR'], ['en', 'en'], [{ language: 'pt', country: 'BR' }, 'pt-BR'], [{ language: 'en' }, 'en'], [{ country: 'BR' }, null], [null, null], [7, null]])('reads %j', (told, locale) => {
    expect(localeOf(told)).toBe(locale);
  });
});
