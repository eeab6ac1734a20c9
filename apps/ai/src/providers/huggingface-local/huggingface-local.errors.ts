import { ProviderFailure } from '@tecnocursos/provider-kit';
import { EngineError } from './huggingface-local.engine.js';

const NO_BINARY = /onnxruntime_binding|libonnxruntime|onnxruntime\.dll|ERR_DLOPEN_FAILED|invalid ELF header|cannot open shared object/i;
const NO_MODEL = /could not locate file|local_files_only|allowRemoteModels|not found locally|404|file was not found/i;
const NO_NETWORK = /fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/i;

/** What the engine's message means and what can be done about it. */
export function engineProblem(message: string): string {
  if (NO_BINARY.test(message)) {
    return `onnxruntime-node has no program for ${process.platform}-${process.arch} here. Install it with its scripts allowed, use another machine, or set HUGGINGFACE_LOCAL_ENABLED to false.`;
  }
  if (NO_NETWORK.test(message)) return 'The hub cannot be reached to download the model. Put it below HUGGINGFACE_LOCAL_MODEL_PATH, or give this machine access.';
  if (NO_MODEL.test(message)) return 'The model of HUGGINGFACE_LOCAL_MODEL is neither below HUGGINGFACE_LOCAL_MODEL_PATH nor on the hub, or has no ONNX files of HUGGINGFACE_LOCAL_DTYPE.';
  return 'The local engine failed.';
}

/** Engines that fail are mended by their operator, not by the caller: another provider is asked. */
export function huggingFaceLocalFailure(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof DOMException && error.name === 'AbortError') return new ProviderFailure('canceled', 'The call was given up.');
  return new ProviderFailure('unavailable', engineProblem(error instanceof EngineError ? error.message : ''), { cause: error });
}
