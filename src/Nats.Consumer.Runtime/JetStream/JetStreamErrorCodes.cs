namespace Nats.Consumer.JetStream;

/// <summary>Error numbers of the server (nats-server, server/errors.json) that decide what is done next.</summary>
internal static class JetStreamErrorCodes
{
    public const int ConsumerNotFound = 10014;
    public const int MessageNotFound = 10037;
    public const int JetStreamNotEnabledForAccount = 10039;
    public const int SequenceNotFound = 10043;
    public const int MessageDeleteFailed = 10057;
    public const int StreamNameInUse = 10058;
    public const int StreamNotFound = 10059;
    public const int MessageTooLarge = 10054;
    public const int SubjectsOverlap = 10065;
    public const int WrongLastSequence = 10071;
    public const int JetStreamNotEnabled = 10076;
    public const int ConsumerExists = 10148;
    public const int WrongLastSequenceConstant = 10164;
    public const int MessageTimeToLiveDisabled = 10166;
}
