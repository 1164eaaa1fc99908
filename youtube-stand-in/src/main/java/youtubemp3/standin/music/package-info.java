/** This package computes a piece of music, so that the project ships and downloads no recording. */
@NullMarked
package youtubemp3.standin.music;

import org.jspecify.annotations.NullMarked;
