import { Module } from '@nestjs/common';
import { SPEECH_SYNTHESIZER } from './ports/speech-synthesizer.port.js';
import { espeakProgram } from './providers/local/espeak-program.js';
import { LocalSpeechSynthesizer } from './providers/local/local-speech.adapter.js';
import { TtsRpcController } from './tts.rpc-controller.js';
import { TtsService } from './tts.service.js';

@Module({
  controllers: [TtsRpcController],
  providers: [TtsService, { provide: SPEECH_SYNTHESIZER, useFactory: () => new LocalSpeechSynthesizer(espeakProgram()) }],
})
export class TtsModule {}
