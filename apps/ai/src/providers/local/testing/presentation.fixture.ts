import { documentOf, heading, list, notes, paragraph, picture } from './document.fixture.js';

/** As a presentation comes out of its reader: a section a slide, notes last. */
export const REDES = documentOf('Redes de computadores', 'pt-BR', [
  heading(2, 'Redes de computadores'),
  paragraph('Prof. Ana Souza – 2026'),
  notes('Olá, pessoal! Hoje vamos conversar sobre redes de computadores.'),
  heading(2, 'O que é uma rede?'),
  list('Conjunto de dispositivos interligados', 'Compartilham dados e recursos', 'Usam protocolos comuns'),
  notes('Uma rede é simplesmente um conjunto de dispositivos que trocam informações. Pensem na casa de vocês: o celular, a TV e o notebook estão na mesma rede.\n\nPara que eles se entendam, todos precisam falar a mesma língua, que chamamos de protocolo.'),
  heading(2, 'Tipos de rede'),
  picture('redes', 'image3.png'),
  list('LAN: rede local', 'MAN: rede metropolitana', 'WAN: rede de longa distância'),
  heading(2, 'Parte prática'),
  heading(2, 'Endereço IP'),
  list('Identifica cada dispositivo na rede', 'IPv4 tem 32 bits', 'IPv6 tem 128 bits'),
  heading(2, 'Obrigada!'),
  paragraph('ana@escola.edu.br'),
], 'pptx');
