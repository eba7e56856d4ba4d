"""Posts that speak to a machine: orders, roles, tags and templates of language models.

Such a post is never sent to one, and its point keeps its own words. That is a courtesy to models,
not the defence: the defence is that no sentence stands unless its posts carry it.
"""

from __future__ import annotations

import re
import unicodedata

_MACHINE = r"(?:ai|llm|gpt|chatgpt|(?:language\s+)?model|assistant|chatbot|bot|summari[sz]er)"
_SAY = r"(?:say|write|add|include|state|put|mention|output|print|respond|answer|repeat|reply)"
_WRITE_UP = r"(?:summary|write-?up|answer|output|response)"
_ORDERS = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instruction|prompt|guideline"
    r"|above|previous|prior|earlier)",
    r"\b(?:system|developer|hidden|initial|original)\s+(?:prompt|message|instructions?)\b",
    r"\b(?:new|updated|real|following)\s+instructions?\b",
    rf"\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:{_MACHINE}|dan|in\s+\w+\s+mode)\b",
    rf"\b(?:as|dear|hey|hello|attention|note\s+to)\s+(?:an?\s+|the\s+)?{_MACHINE}\b",
    rf"\b{_MACHINE}s?\s*[:,]\s*(?:please\s+)?(?:{_SAY}|ignore|summari[sz]e|you)\b",
    rf"(?:^|[.!?:\]>]\s*|please\s+){_SAY}\s+(?:only|exactly|with\s+(?:only|the)|nothing\s+but|json)\b",
    r"\b(?:jailbreak|prompt\s+injection|do\s+anything\s+now|developer\s+mode)\b",
    rf"\bin\s+(?:your|the)\s+{_WRITE_UP}\b.{{0,40}}\b{_SAY}\b",
    rf"\b{_SAY}\b.{{0,60}}\bin\s+(?:your|the)\s+{_WRITE_UP}\b",
    r"\b(?:ignore[zr]?|oublie[zr]?|négligez)\b.{0,40}\b(?:instructions?|consignes?|ci-dessus)",
    r"\b(?:ignorier\w*|vergiss|vergesst|missachte)\b.{0,40}\b(?:anweisung|vorherig|bisherig|regel)",
    r"\b(?:ignora|ignore|olvida|omite)\b.{0,40}\b(?:instrucci|instruç|anterior|previ|reglas|regras)",
    r"\b(?:ignora|dimentica)\b.{0,40}\b(?:istruzion|precedent|regole)",
    r"(?:talimat|yönerge|komut)\w*.{0,30}(?:yok\s+say|görmezden|unut)",
    r"(?:تجاهل|انس).{0,40}(?:التعليمات|الأوامر|السابقة)",
    r"(?:指示|命令|プロンプト|ルール).{0,12}(?:無視|忘れ)",
    r"(?:忽略|无视|無視).{0,12}(?:指令|指示|提示)",
)
_TEMPLATES = (
    r"<\|?/?(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|inst)\b",
    r"\[/?(?:INST|SYSTEM|SYS)\]|<</?SYS>>",
    r"^[^\S\n]*#{2,}\s*(?:system|instruction|response|user|assistant)",
    r"^[^\S\n]*(?:system|assistant|user|human)\s*:\s",
    r"\"(?:role|sentences|point|posts)\"\s*:|\{\{.{0,400}?\}\}|```",
)
_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE
_TALK = re.compile("|".join(f"(?:{one})" for one in (*_ORDERS, *_TEMPLATES)), _FLAGS)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff]")
_TAG_SIGNS = re.compile(r"[\U000e0020-\U000e007e]{8,}")  # letters that nobody sees
_LONG_CODE = re.compile(r"(?<![\w/:.])[A-Za-z0-9+]{40,}={0,2}(?![\w/])")


def speaks_to_machine(text: str) -> bool:
    """Return whether a post gives orders to a language model, or looks like input to one."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return any(sign.search(plain) for sign in (_TALK, _TAG_SIGNS, _LONG_CODE))
