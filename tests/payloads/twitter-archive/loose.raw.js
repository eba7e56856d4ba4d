window.YTD.tweets.part0 = [
  {
    "tweet": {
      "id": "575000000000000001",
      "id_str": "575000000000000001",
      "full_text": "A1: my own words &amp; https://t.co/AbCdEf1234 #inkchat https://t.co/PiCtUrE123",
      "created_at": "Tue Mar 10 20:01:00 +0000 2015",
      "truncated": false,
      "retweet_count": "3",
      "favorite_count": "4",
      "lang": "en",
      "entities": {
        "hashtags": [
          {
            "text": "inkchat",
            "indices": [
              "5",
              "12"
            ]
          }
        ],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/AbCdEf1234",
            "expanded_url": "https://quire.example/lending?a=1&b=2",
            "display_url": "quire.example/lending",
            "indices": [
              20,
              43
            ]
          }
        ],
        "media": [
          {
            "id": 5,
            "id_str": "5",
            "indices": [
              60,
              83
            ],
            "media_url": "http://pbs.example/p.jpg",
            "media_url_https": "https://pbs.example/p.jpg",
            "url": "https://t.co/PiCtUrE123",
            "display_url": "pic.example",
            "expanded_url": "https://twitter.com/ana_reads/status/575000000000000001/photo/1",
            "type": "photo",
            "ext_alt_text": "A shelf of zines"
          }
        ]
      },
      "extended_entities": {
        "media": [
          {
            "id": 5,
            "id_str": "5",
            "indices": [
              60,
              83
            ],
            "media_url": "http://pbs.example/p.jpg",
            "media_url_https": "https://pbs.example/p.jpg",
            "url": "https://t.co/PiCtUrE123",
            "display_url": "pic.example",
            "expanded_url": "https://twitter.com/ana_reads/status/575000000000000003/photo/1",
            "type": "photo",
            "ext_alt_text": "A shelf of zines"
          }
        ]
      },
      "display_text_range": [
        "0",
        "80"
      ]
    }
  },
  {
    "tweet": {
      "id": "575000000000000002",
      "id_str": "575000000000000002",
      "full_text": "@tom_shelves yes #inkchat",
      "created_at": "Tue Mar 10 20:02:00 +0000 2015",
      "in_reply_to_status_id": "574999999999999999",
      "in_reply_to_status_id_str": "574999999999999999",
      "in_reply_to_screen_name": "tom_shelves",
      "entities": {
        "user_mentions": [
          {
            "name": "Tom",
            "screen_name": "tom_shelves",
            "indices": [
              "0",
              "11"
            ],
            "id_str": "1002",
            "id": "1002"
          }
        ]
      },
      "lang": "en",
      "retweet_count": "0"
    }
  },
  {
    "tweet": {
      "id": "575000000000000003",
      "id_str": "575000000000000003",
      "full_text": "RT @tom_shelves: lend everything #inkchat",
      "created_at": "Tue Mar 10 20:03:00 +0000 2015",
      "retweeted": false,
      "entities": {},
      "lang": "en",
      "retweet_count": "0"
    }
  },
  {
    "tweet": {
      "id": "x",
      "full_text": "no id"
    }
  }
]