import { Module } from '@nestjs/common';
import { integrationModule } from '@tecnocursos/integration-kit';
import { STREAMS } from '@tecnocursos/messaging';
import { outboxPublisher, SUBJECT_DATA, subjectControllerOf } from '@tecnocursos/nest-kit';
import { BatchItemRepository } from './batch/batch-item.repository.js';
import { BatchItemRunner } from './batch/batch-item.runner.js';
import { BatchRepository } from './batch/batch.repository.js';
import { BatchRpcController } from './batch/batch.rpc-controller.js';
import { BatchService } from './batch/batch.service.js';
import { BatchWorker } from './batch/batch.worker.js';
import { ClonedVoiceRepository } from './cloning/cloned-voice.repository.js';
import { VoiceCloning } from './cloning/voice-cloning.service.js';
import { SpeechSubjects } from './privacy/speech-subjects.service.js';
import { SubjectBatches } from './privacy/subject-batches.service.js';
import { SubjectSpeech } from './privacy/subject-speech.service.js';
import { SubjectVoices } from './privacy/subject-voices.service.js';
import { testSpeechProvider } from './provider-test.js';
import { TTS_PROVIDERS } from './providers/index.js';
import { AudioStore } from './speech/audio-store.js';
import { Housekeeping } from './speech/housekeeping.service.js';
import { Speaker } from './speech/speaker.service.js';
import { SpeechStreamRpcController } from './speech/speech-stream.rpc-controller.js';
import { SpeechStreams } from './speech/speech-stream.service.js';
import { SpeechRepository } from './speech/speech.repository.js';
import { TtsRpcController } from './tts.rpc-controller.js';
import { TtsService } from './tts.service.js';
import { CLOCK, SPEECH_CHAIN } from './tts.tokens.js';
import { VoiceChoices } from './voices/voice-choice.service.js';
import { VoicePreview } from './voices/voice-preview.service.js';
import { VoiceRpcController } from './voices/voice.rpc-controller.js';

@Module({
  imports: [integrationModule({ domain: 'tts', service: 'tts', variablePrefix: 'TTS', token: SPEECH_CHAIN, definitions: TTS_PROVIDERS, test: testSpeechProvider })],
  controllers: [TtsRpcController, SpeechStreamRpcController, VoiceRpcController, BatchRpcController, subjectControllerOf('tts')],
  providers: [
    { provide: CLOCK, useValue: Date.now },
    Speaker, SpeechRepository, AudioStore, SpeechStreams, Housekeeping, TtsService, VoiceChoices, VoicePreview, ClonedVoiceRepository, VoiceCloning,
    BatchRepository, BatchItemRepository, BatchItemRunner, BatchWorker, BatchService, outboxPublisher(STREAMS.jobs, STREAMS.events), SubjectVoices, SubjectBatches, SubjectSpeech, { provide: SUBJECT_DATA, useClass: SpeechSubjects },
  ],
})
export class TtsModule {}
