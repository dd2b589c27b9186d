/** In place of cdktf's stack trace of every token: Jest maps each line of it to its source, which costs more than the synth. */
module.exports = { captureStackTrace: () => [] };
