// The microphone, and how loud it is.

/** @type {WeakMap<MediaStream, {context: AudioContext, analyser: AnalyserNode, samples: Float32Array}>} */
const meters = new WeakMap();

/** @returns {Promise<MediaStream>} rejects with a `DOMException`, or a `TypeError` where there is no way to record */
export async function openMicrophone() {
  // What cleans a voice for the ears of people takes from it what a recogniser hears by.
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  meters.set(stream, { context, analyser, samples: new Float32Array(analyser.fftSize) });
  return stream;
}

export function closeMicrophone(stream) {
  for (const track of stream.getTracks()) track.stop();
  meters.get(stream)?.context.close();
  meters.delete(stream);
}

/** The root mean square of the last samples: 0 is silence, 1 as loud as it can be. */
export function levelOf(stream) {
  const meter = meters.get(stream);
  if (!meter) return 0;
  meter.analyser.getFloatTimeDomainData(meter.samples);
  const sum = meter.samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / meter.samples.length);
}
