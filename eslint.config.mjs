import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom; `docs/adr/0001-layers.md` says why. */
const LAYERS = {
  contracts: [],
  engines: ['contracts'],
  'provider-kit': ['contracts'],
  messaging: ['contracts'],
  persistence: ['contracts'],
  'nest-kit': ['contracts', 'engines', 'messaging', 'persistence'],
  'integration-kit': ['contracts', 'provider-kit', 'messaging', 'persistence', 'nest-kit'],
  testing: ['contracts', 'engines', 'messaging', 'persistence', 'nest-kit'],
  gateway: ['contracts', 'engines', 'messaging', 'persistence', 'nest-kit', 'testing'],
  app: ['contracts', 'engines', 'messaging', 'persistence', 'nest-kit', 'testing', 'provider-kit', 'integration-kit'],
  standalone: ['contracts', 'engines', 'messaging', 'persistence', 'nest-kit', 'testing', 'provider-kit', 'integration-kit', 'app', 'gateway'],
};

const depConstraints = Object.entries(LAYERS).map(([layer, allowed]) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: allowed.map((name) => `layer:${name}`),
}));

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.mjs', '**/*.js', '.nx/**', '.data/**', 'out/**'] },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: [`${import.meta.dirname}/tsconfig.specs.json`], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints, enforceBuildableLibDependency: false, allow: [] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Read the environment in a *.config.ts file.' }],
    },
  },
  { files: ['**/*.config.ts', '**/*.harness.ts', '**/*.fixture.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@nx/enforce-module-boundaries': ['error', { depConstraints: [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }] }],
    },
  },
);
