printf '%s\n' '{"status":"FAILED","errors":[{"message":"m","errors":[{"code":"\u6587\u5b57","message":"\u6587\u5b57\u5316\u3051\u6587\u5b57\u5316\u3051"},{"code":"e\u0301te\u0301","message":"combining"},{"code":"\ud83d\ude00","message":"emoji"},{"code":"plain","message":"plain"}],"key":"\u30eb\u30fc\u30eb"}]}' > wide.json
"$ERRATA" group --by code,message,key wide.json
COLUMNS=40 "$ERRATA" group --by code,message,key wide.json
