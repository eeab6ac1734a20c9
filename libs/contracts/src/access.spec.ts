import { describe, expect, it } from 'vitest';
import { lineOfText, outranks, PERMISSIONS, ROLE_PERMISSIONS, ROLES } from './access.js';
import { API_KEY_PATTERN } from './api-key.contract.js';
import { CATALOG } from './catalog.js';
import { SERVICE_NAMES } from './health.contract.js';
import { subjectErasures, subjectExports } from './privacy.contract.js';

describe('roles', () => {
  it('may each do what the one below may, and the owner everything', () => {
    expect(ROLE_PERMISSIONS.owner).toEqual(PERMISSIONS);
    ROLES.slice(0, -1).forEach((role, index) => {
      const below = ROLES[index + 1] ?? 'viewer';
      expect(ROLE_PERMISSIONS[role]).toEqual(expect.arrayContaining([...ROLE_PERMISSIONS[below]]));
      expect(ROLE_PERMISSIONS[role].length).toBeGreaterThan(ROLE_PERMISSIONS[below].length);
    });
    expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length);
  });

  it('keep money, keys and people from editors', () => {
    for (const permission of ['billing:manage', 'api-keys:manage', 'credentials:manage', 'members:manage', 'audit:read', 'privacy:manage'] as const) {
      expect(ROLE_PERMISSIONS.editor).not.toContain(permission);
    }
    expect(ROLE_PERMISSIONS.admin).not.toContain('organization:delete');
  });

  it('give no role above their own', () => {
    expect([outranks('owner', 'owner'), outranks('admin', 'viewer'), outranks('admin', 'owner'), outranks('viewer', 'editor')]).toEqual([true, true, false, false]);
  });
});

describe('API keys', () => {
  const random = 'a'.repeat(43);
  it.each([[`tc_${random}`, true], [`tc_live_${random}`, true], [`tc_test_${random}`, true], [`tc_prod_${random}`, false], [`tc_live_${random}a`, false], [`tc_live_${random.slice(1)}`, false], [`x${random}`, false]])('%s', (key, isKey) => {
    expect(API_KEY_PATTERN.test(key)).toBe(isKey);
  });
});

describe('contracts', () => {
  it('have subjects of their own', () => {
    const subjects = CATALOG.map(({ subject }) => subject);
    expect(subjects.filter((subject, index) => subjects.indexOf(subject) !== index)).toEqual([]);
  });

  it('of export and erasure are there for every service', () => {
    for (const name of SERVICE_NAMES) {
      expect([subjectExports[name].subject, subjectErasures[name].subject]).toEqual([`${name}.subject.export.v1`, `${name}.subject.erase.v1`]);
      expect([subjectExports[name].tenant, subjectErasures[name].tenant]).toEqual(['required', 'required']);
    }
  });

  it('of identity name what they need', () => {
    expect(lineOfText(3).safeParse(' ab ').data).toBe('ab');
    for (const bad of ['', '   ', 'abcd', 'a\u0000', 'a\nb']) expect(lineOfText(3).safeParse(bad).success).toBe(false);
  });
});
