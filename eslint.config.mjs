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

/** A vendor's SDK is imported in that vendor's folder only. */
const SDKS = {
  openai: 'apps/ai/src/providers/openai',
  '@anthropic-ai/sdk': 'apps/ai/src/providers/anthropic',
  '@google/genai': 'apps/ai/src/providers/gemini',
  '@huggingface/inference': 'apps/ai/src/providers/huggingface',
  '@huggingface/transformers': 'apps/ai/src/providers/huggingface-local',
  '@elevenlabs/elevenlabs-js': 'apps/tts/src/providers/elevenlabs',
  '@aws-sdk/client-polly': 'apps/tts/src/providers/aws-polly',
  '@runwayml/sdk': 'apps/avatar-video/src/providers/runway',
};
const sdkPatterns = (allowed) =>
  Object.keys(SDKS).filter((name) => name !== allowed).map((name) => ({ regex: `^${name}(/|$)`, message: `Only ${SDKS[name]} talks to this SDK.` }));
/** Files directly in a vendor's folder; what lies deeper may go up and down inside of it. */
const otherVendor = { regex: '^\\.\\./(?!\\.\\./)', message: "One vendor's folder never imports another's." };
const sdkRules = [
  { files: ['apps/**/*.ts', 'libs/**/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: sdkPatterns() }] } },
  { files: ['apps/*/src/providers/*/*.ts', 'apps/sandbox/src/vendors/*/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [...sdkPatterns(), otherVendor] }] } },
  ...Object.entries(SDKS).map(([name, folder]) => ({ files: [`${folder}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns: [...sdkPatterns(name), otherVendor] }] } })),
];

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
  ...sdkRules,
  { files: ['**/*.config.ts', '**/*.harness.ts', '**/*.fixture.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    // None of these is built: tests may look everywhere.
    files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.fixture.ts', '**/*.harness.ts', '**/testing/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-restricted-imports': 'off',
      '@nx/enforce-module-boundaries': ['error', { depConstraints: [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }] }],
    },
  },
);
