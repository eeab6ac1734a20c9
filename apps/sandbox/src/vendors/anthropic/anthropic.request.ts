export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

export interface ImageBlock {
  readonly type: 'image';
  readonly source:
    | { readonly type: 'base64'; readonly media_type: string; readonly data: string }
    | { readonly type: 'url'; readonly url: string }
    | { readonly type: 'file'; readonly file_id: string };
}

export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  readonly input: object;
}

export interface ToolResultBlock {
  readonly type: 'tool_result';
  readonly tool_use_id: string;
  readonly content?: string | readonly (TextBlock | ImageBlock)[];
}

export type Block = TextBlock | ImageBlock | ToolUseBlock | ToolResultBlock | { readonly type: 'thinking'; readonly thinking: string };

export interface WireMessage {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: string | readonly Block[];
}

/** `POST /v1/messages/count_tokens`. */
export interface CountRequest {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly system?: string | readonly TextBlock[];
  readonly tools?: readonly { readonly name: string; readonly description?: string; readonly input_schema: object }[];
  readonly tool_choice?: { readonly type: 'auto' | 'any' | 'tool' | 'none'; readonly name?: string };
  readonly output_config?: { readonly format?: { readonly schema: object } | null };
}

/** `POST /v1/messages`. */
export interface CreateRequest extends CountRequest {
  readonly max_tokens: number;
  readonly stop_sequences?: readonly string[];
  readonly stream?: boolean;
}

export const blocksOf = (content: WireMessage['content'] | undefined): readonly Block[] => (typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []));
export const textOf = (blocks: readonly Block[]): string => blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
