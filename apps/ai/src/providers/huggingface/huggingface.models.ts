/**
 * Models of the tiers when nothing else is configured, by their names on the hub; both are served by several of the router's providers, and neither sees
 * pictures (2026-11-23).
 */
export const HUGGINGFACE_DEFAULT_MODELS = { economy: 'openai/gpt-oss-120b', standard: 'openai/gpt-oss-120b', premium: 'meta-llama/Llama-3.3-70B-Instruct' } as const;

/** Knows Portuguese among other languages; at most 512 tokens. */
export const HUGGINGFACE_SENTIMENT_MODEL = 'cardiffnlp/twitter-xlm-roberta-base-sentiment';
