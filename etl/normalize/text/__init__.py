"""What any text tells by itself: charset, language, days, credits, cues of furniture. bytes or str in, values out."""
