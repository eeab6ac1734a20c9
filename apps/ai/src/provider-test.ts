import type { ChainCaller } from '@tecnocursos/provider-kit';
import type { AiChain } from './ai.tokens.js';
import type { AiOperation } from './capabilities.js';
import type { AiProvider } from './ports/ai-provider.port.js';

const SENTENCE = 'A luz  é uma forma de energia que viaja em linha reta';
const TEST_TOKENS = 64;
const USAGE = { input_tokens: 100, output_tokens: TEST_TOKENS };

/** The smallest real work that a provider of the domain can do. */
export async function testAiProvider(chain: AiChain, provider: string, caller: ChainCaller): Promise<{ operation: string }> {
  const port = chain.providers.find(({ id }) => id === provider)?.port;
  const operation = operationOf(port);
  await chain.run<string>({
    operation, caller, route: { providers: [provider] },
    estimate: (of) => ({ model: of.models.economy, usage: USAGE }),
    attempt: async (of, { signal }) => {
      if (operation === 'chat' && of.language) {
        const { text, usage, model } = await of.language.generate({ model: of.models.economy, maxOutputTokens: TEST_TOKENS, messages: [{ role: 'user', content: [{ type: 'text', text: SENTENCE }] }] }, { signal });
        return { value: text, usage, model };
      }
      if (operation === 'improve-text' && of.editor) {
        return { value: of.editor.improve(SENTENCE, { language: 'pt-BR', goals: ['grammar'] }).improved.text, usage: {}, model: null };
      }
      const sentiment = await of.sentiment?.classify(SENTENCE, { signal });
      return { value: sentiment?.label ?? '', usage: sentiment?.usage ?? {}, model: sentiment?.model ?? null };
    },
  });
  return { operation };
}

function operationOf(port: AiProvider | undefined): AiOperation {
  if (port?.language) return 'chat';
  return port?.editor ? 'improve-text' : 'analyze-content';
}
